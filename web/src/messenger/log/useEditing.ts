import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { body, outlivesPage, useApi } from '@/api/client';
import { Problem } from '@/api/problem';
import { keys } from '@/api/queries';
import type { Message } from '@/api/types';
import { showChangedMessage } from '@/messenger/history/chatCache';
import { draftKey, readDraft, writeDraft } from '@/session/drafts';
import { messengerTexts } from '@/texts/messenger';
import { useToasts } from '@/ui/toasts';

/** A message that is being edited. */
export interface Editing {
  readonly seq: number;
  readonly text: string;
  /** Why the server refused the text. */
  readonly refused?: string;
  /** When editing began, in milliseconds; absent after a reload. */
  readonly startedAt?: number;
}

/** The message that is being edited, kept across reloads until it is saved or cancelled. */
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

      // The draft is deleted only once the server has the text.
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

/** The expected state of a message once the server accepts a change. */
type PendingChange = Pick<Message, 'text' | 'editedAt' | 'deleted'>;

/** Edits and deletes own messages. Shown at once, and undone with the reason if the server refuses. */
export function useMessageChanges(connectionId: string) {
  const api = useApi();
  const cache = useQueryClient();
  const toasts = useToasts();
  const [pending, setPending] = useState<ReadonlyMap<number, PendingChange>>(new Map());

  const change = async ({ seq }: Message, to: PendingChange, call: () => Promise<Message>): Promise<Problem | undefined> => {
    setPending((all) => new Map(all).set(seq, to));
    try {
      showChangedMessage(cache, await call());
      return undefined;
    } catch (error) {
      const problem = Problem.from(error);
      if (problem.code === 'not-connected' || problem.status === 404) {
        void cache.invalidateQueries({ queryKey: keys.connection(connectionId) });
      }

      return problem;
    } finally {
      setPending((all) => new Map([...all].filter(([one]) => one !== seq)));
    }
  };
  const path = (seq: number) => ({ params: { path: { id: connectionId, seq } }, ...outlivesPage });
  return {
    /** The messages with the pending changes applied. */
    applied: (messages: readonly Message[]): readonly Message[] =>
      pending.size === 0 ? messages : messages.map((message) => ({ ...message, ...pending.get(message.seq) })),
    /** Changes a message's text. Returns the problem if it is refused. */
    edit: async (message: Message, text: string) =>
      await change(message, { text, editedAt: message.editedAt ?? message.sentAt }, async () =>
        body(await api.calls.PATCH('/api/connections/{id}/messages/{seq}', { ...path(message.seq), body: { text } })),
      ),
    remove: async (message: Message) => {
      const refused = await change(message, { text: '', deleted: true }, async () =>
        body(await api.calls.DELETE('/api/connections/{id}/messages/{seq}', path(message.seq))),
      );
      if (refused) {
        toasts.refuse(messengerTexts.notDeleted, refused.detail);
      }
    },
  };
}
