import { useMemo } from 'react';
import styles from './MessageText.module.css';
import { isFewEmoji, textParts } from './textParts';

/** What a message says: as text, with its web addresses as links. Tab comes to these from the message that the keyboard is at. */
export function MessageText({ text, isActive }: { readonly text: string; readonly isActive: boolean }) {
  const parts = useMemo(() => textParts(text), [text]);
  return (
    <p className={styles.text} dir="auto" data-large={isFewEmoji(text) || undefined}>
      {parts.map((part, i) =>
        part.kind === 'text' ? (
          part.text
        ) : (
          <a key={i} href={part.href} target="_blank" rel="noopener noreferrer nofollow" tabIndex={isActive ? 0 : -1}>
            {part.text}
          </a>
        ),
      )}
    </p>
  );
}
