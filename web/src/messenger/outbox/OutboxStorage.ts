import type { Problem } from '@/api/problem';
import { draftKey, readDraft, writeDraft } from '@/session/drafts';

/** Keeps a member's unsent messages over a reload, each under a key of its own, so that two pages do not undo each other's changes. */
export class OutboxStorage {
  private readonly prefix: string;

  constructor(private readonly me: string) {
    this.prefix = draftKey(me, 'outbox', '');
  }

  /** All that is kept, in the order in which it was written. */
  read(): OutboxItem[] {
    try {
      return Object.keys(localStorage)
        .filter((key) => key.startsWith(this.prefix))
        .flatMap((key) => parse(readDraft(key)))
        .sort((a, b) => a.at - b.at);
    } catch {
      return [];
    }
  }

  /** @returns false when this browser keeps nothing. */
  keep(item: OutboxItem): boolean {
    return writeDraft(draftKey(this.me, 'outbox', item.clientId), JSON.stringify(item));
  }

  drop(clientId: string): void {
    writeDraft(draftKey(this.me, 'outbox', clientId), '');
  }

  /** Tells when another page changed what is kept. Returns what ends it. */
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

function parse(text: string): OutboxItem[] {
  try {
    const item = JSON.parse(text) as Partial<OutboxItem> | null;
    return item &&
      typeof item.connectionId === 'string' &&
      typeof item.clientId === 'string' &&
      typeof item.text === 'string' &&
      typeof item.at === 'number'
      ? [item as OutboxItem]
      : [];
  } catch {
    // Whatever wrote this, it is no message.
    return [];
  }
}

/** A message that is not sent yet. */
export interface OutboxItem {
  readonly connectionId: string;
  /** The same however often it is sent, so that it is stored once. */
  readonly clientId: string;
  readonly text: string;
  /** When it was written, in milliseconds; messages are sent in this order. */
  readonly at: number;
  /** Why the server does not take it: it is not sent again by itself. */
  readonly refused?: string;
}

/** How it is with a message that is not sent yet. */
export type OutboxEntry = OutboxItem & {
  /** `sending`: it goes out now; `waiting`: it does by itself, later; `refused`: only when the member says so. */
  readonly state: 'sending' | 'waiting' | 'refused';
  /** While it waits: for what. */
  readonly waitsFor?: Problem;
};
