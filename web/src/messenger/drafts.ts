import { draftPrefix } from '../session/forget';

/** What is typed: a new message, or another text for one that was sent. */
export type DraftKind = 'message' | 'edit' | 'outbox';

/** The key in local storage for what a member has not sent. No id has a slash in it, so no two members share one. */
export function draftKey(me: string, kind: DraftKind, id: string): string {
  return `${draftPrefix}${me}/${kind}/${id}`;
}

/** What is kept under a key; empty when nothing is. */
export function readDraft(key: string): string {
  try {
    return localStorage.getItem(key) ?? '';
  } catch {
    return '';
  }
}

/** Keeps what is typed over a reload. @returns false when this browser keeps nothing. */
export function writeDraft(key: string, text: string): boolean {
  try {
    if (text === '') {
      localStorage.removeItem(key);
    } else {
      localStorage.setItem(key, text);
    }

    return true;
  } catch {
    // Storage is full or switched off: what is typed then lives as long as the page.
    return false;
  }
}
