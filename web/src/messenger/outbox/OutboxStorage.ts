import type { Problem } from '@/api/problem';
import { type FileToSend, filesIn } from '@/messenger/files/FileToSend';
import type { Quote } from '@/api/types';
import { draftKey, draftKeys, readDraft, writeDraft } from '@/session/drafts';

/** Stores a member's unsent messages, each under its own key, so that two tabs do not overwrite each other. */
export class OutboxStorage {
  private readonly prefix: string;

  constructor(private readonly me: string) {
    this.prefix = draftKey(me, 'outbox', '');
  }

  /** All stored messages, the oldest first. */
  read(): OutboxItem[] {
    return draftKeys(this.prefix)
      .flatMap((key) => parse(readDraft(key)))
      .sort((a, b) => a.at - b.at);
  }

  /** @returns false if this browser stores nothing. */
  keep(item: OutboxItem): boolean {
    return writeDraft(draftKey(this.me, 'outbox', item.clientId), JSON.stringify(item));
  }

  drop(clientId: string): void {
    writeDraft(draftKey(this.me, 'outbox', clientId), '');
  }

  /** Calls `listener` when another tab changed a message, until the returned function is called. */
  onChange(listener: () => void): () => void {
    const changed = ({ key }: StorageEvent) => {
      if (key === null || key.startsWith(this.prefix)) {
        listener();
      }
    };
    window.addEventListener('storage', changed);
    return () => window.removeEventListener('storage', changed);
  }
}

/** Whether a file of a message has to be uploaded before the message is sent. */
export function needsUpload({ files = [] }: OutboxItem): boolean {
  return files.some(({ id }) => id === undefined);
}

function parse(text: string): OutboxItem[] {
  try {
    const item = JSON.parse(text) as Partial<OutboxItem> | null;
    return item &&
      typeof item.connectionId === 'string' &&
      typeof item.clientId === 'string' &&
      typeof item.text === 'string' &&
      typeof item.at === 'number'
      ? [{ ...(item as OutboxItem), ...(item.files && { files: filesIn(item.files) }) }]
      : [];
  } catch {
    // Not a stored message.
    return [];
  }
}

/** A message that is not sent yet. */
export interface OutboxItem {
  readonly connectionId: string;
  /** The same on every attempt, so that the server stores the message once. */
  readonly clientId: string;
  readonly text: string;
  /** Absent for none. */
  readonly files?: readonly FileToSend[];
  /** What it quotes. */
  readonly quote?: Quote;
  /** When it was written, in milliseconds. Messages are sent in this order. */
  readonly at: number;
  /** Why the server refused it. It is not retried automatically. */
  readonly refused?: string;
  /** Why one of its files was, as the contract names it. */
  readonly fileRefused?: string;
  /** Whether it was refused because what it quotes is gone. A retry sends it without the quote. */
  readonly quoteIsGone?: boolean;
}

/** An unsent message and its state. */
export type OutboxEntry = OutboxItem & {
  /** `sending`: being sent now; `waiting`: retried automatically; `refused`: retried only on request. */
  readonly state: 'sending' | 'waiting' | 'refused';
  /** The problem that it waits for. */
  readonly waitsFor?: Problem;
  /** How much of its files is uploaded, while they are. */
  readonly percent?: number;
};
