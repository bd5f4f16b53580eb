import { useState } from 'react';
import type { Message } from '../../api/types';
import { draftKey, readDraft, writeDraft } from '../drafts';
import type { useMessageChanges } from './useMessageChanges';

/** A message that is being edited. */
export interface Editing {
  readonly seq: number;
  readonly text: string;
  /** Why the server did not take the text. */
  readonly refused?: string;
  /** When the member began, in milliseconds; absent after a reload. */
  readonly startedAt?: number;
}

/** Which message is being edited, and how: kept over a reload until it is saved or given up. */
export function useEditing(me: string, connectionId: string, changes: ReturnType<typeof useMessageChanges>) {
  const key = draftKey(me, 'edit', connectionId);
  const [editing, setEditing] = useState(() => parse(readDraft(key)));
  const keep = (next: Editing | undefined) => {
    setEditing(next);
    writeDraft(key, next ? JSON.stringify(next) : '');
  };
  return {
    editing,
    start: ({ seq, text }: Message) => keep({ seq, text, startedAt: Date.now() }),
    type: (text: string) =>
      editing && keep({ seq: editing.seq, text, ...(editing.startedAt !== undefined && { startedAt: editing.startedAt }) }),
    cancel: () => keep(undefined),
    save: async (message: Message, text: string) => {
      if (text === message.text) {
        keep(undefined);
        return;
      }

      // Not forgotten before the server has it.
      setEditing(undefined);
      const refused = await changes.edit(message, text);
      const kept = parse(readDraft(key));
      if (!refused) {
        if (kept?.seq === message.seq) {
          writeDraft(key, '');
        }
      } else if (!kept || kept.seq === message.seq) {
        keep({ seq: message.seq, text, startedAt: Date.now(), refused: refused.errors.text?.[0] ?? refused.detail });
      }
    },
  };
}

function parse(text: string): Editing | undefined {
  try {
    const editing = JSON.parse(text) as Partial<Editing> | null;
    return editing && typeof editing.seq === 'number' && typeof editing.text === 'string'
      ? { seq: editing.seq, text: editing.text }
      : undefined;
  } catch {
    return undefined;
  }
}
