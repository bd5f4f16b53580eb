import { useState } from 'react';
import { useMe } from '../members/useMe';
import { draftPrefix } from './forget';

/** What the member types into one field: it survives a reload, and is gone once it is set to nothing. The name tells the field from all others. */
export function useDraft(name: string): readonly [string, (text: string) => void] {
  const key = draftKey(useMe().id, name);
  const [text, setText] = useState(() => localStorage.getItem(key) ?? '');
  const change = (next: string) => {
    setText(next);
    keepDraft(key, next);
  };
  return [text, change];
}

/** Where a draft is kept. Two people can use one browser, in two tabs even. */
export function draftKey(memberId: string, name: string): string {
  return `${draftPrefix}${memberId}.${name}`;
}

/** Keeps a draft; nothing is not kept. */
export function keepDraft(key: string, text: string): void {
  if (text === '') {
    localStorage.removeItem(key);
    return;
  }

  try {
    localStorage.setItem(key, text);
  } catch {
    // The browser's storage is full or switched off: it is still on the page.
  }
}
