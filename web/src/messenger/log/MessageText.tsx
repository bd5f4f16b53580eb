import { useMemo } from 'react';
import styles from './MessageText.module.css';
import { isFewEmoji, textParts } from './textParts';

/** A message's text, with web addresses as links. Tab reaches the links of the active message only. */
export function MessageText({ text, isActive }: { readonly text: string; readonly isActive: boolean }) {
  const parts = useMemo(() => textParts(text), [text]);
  return (
    <p className={styles.text} dir="auto" data-large={isFewEmoji(text) || undefined}>
      {parts.map((part, i) =>
        part.kind === 'text' ? (
          <span key={i}>{part.text}</span>
        ) : (
          <a key={i} href={part.href} target="_blank" rel="noopener noreferrer nofollow" tabIndex={isActive ? 0 : -1}>
            {part.text}
          </a>
        ),
      )}
    </p>
  );
}
