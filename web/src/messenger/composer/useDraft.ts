import { useCallback, useState } from 'react';
import { readDraft, writeDraft } from '../drafts';

/** A text that is being written, kept over a reload until it is sent. */
export function useDraft(key: string): readonly [string, (text: string) => void] {
  const [text, setText] = useState(() => readDraft(key));
  const change = useCallback(
    (next: string) => {
      setText(next);
      writeDraft(key, next);
    },
    [key],
  );
  return [text, change];
}
