import { browserStorage } from '@/ui/storage';
import { useEffect, useState } from 'react';

const prefix = 'connections.draft.';

/**
 * A message, its files, its quote, its edit, an unsent message, the note of an invite or a favourite, a report, a decision, or edits of the
 * profile.
 */
type DraftKind = 'message' | 'files' | 'quote' | 'edit' | 'outbox' | 'note' | 'mark' | 'report' | 'decision' | 'profile';

/**
 * The key of a draft in local storage. It contains the member, because two people can use one browser, even in two tabs. No id contains a
 * slash, so no two drafts share a key.
 *
 * @param id what the draft belongs to, such as a connection; empty if the member has one draft of this kind.
 */
export function draftKey(memberId: string, kind: DraftKind, id = ''): string {
  return `${prefix}${memberId}/${kind}/${id}`;
}

/** The keys of all drafts that begin like this. */
export function draftKeys(start = prefix): readonly string[] {
  return browserStorage.keys().filter((key) => key.startsWith(start));
}

/** Reads a draft; empty if there is none. */
export function readDraft(key: string): string {
  return browserStorage.get(key) ?? '';
}

/**
 * Keeps a draft across reloads; an empty text deletes it.
 *
 * @returns false if this browser stores nothing, because storage is full or turned off. The draft then lasts as long as the page.
 */
export function writeDraft(key: string, text: string): boolean {
  if (text === '') {
    browserStorage.remove(key);
    return true;
  }

  return browserStorage.set(key, text);
}

/** The text of a field, which survives a reload until it is set to an empty text. */
export function useDraft(key: string): readonly [string, (text: string) => void] {
  const [text, setText] = useState(() => readDraft(key));
  useEffect(() => {
    // Sent or deleted in another tab. A text that was changed here since stays.
    const goes = ({ key: changed, newValue, oldValue }: StorageEvent) => {
      if (changed === key && newValue === null) {
        setText((now) => (now === oldValue ? '' : now));
      }
    };
    window.addEventListener('storage', goes);
    return () => window.removeEventListener('storage', goes);
  }, [key]);
  const change = (next: string) => {
    // Empty before and after: what another tab has written since stays.
    if (next !== '' || text !== '') {
      setText(next);
      writeDraft(key, next);
    }
  };
  return [text, change];
}

/** Deletes all drafts when a member signs out, so that the next person at this browser cannot read them. */
export function forgetDrafts(): void {
  for (const key of draftKeys()) {
    browserStorage.remove(key);
  }
}
