import { draftKey, readDraft, writeDraft } from '../drafts';
import type { OutboxItem } from './OutboxItem';

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
