import { useMemo } from 'react';
import { FoundText } from '@/messenger/search/FoundText';
import styles from './MessageText.module.css';
import { isFewEmoji, textParts } from './textParts';

interface MessageTextProps {
  readonly text: string;
  readonly isActive: boolean;
  /** The search that found it. Its words are marked. */
  readonly search?: string | undefined;
}

/** A message's text, with web addresses as links. Tab reaches the links of the active message only. */
export function MessageText({ text, isActive, search }: MessageTextProps) {
  const parts = useMemo(() => textParts(text), [text]);
  return (
    <p className={styles.text} dir="auto" data-large={isFewEmoji(text) || undefined}>
      {parts.map((part, i) =>
        part.kind === 'text' ? (
          <span key={i}>{marked(part.text, search)}</span>
        ) : (
          <a key={i} href={part.href} target="_blank" rel="noopener noreferrer nofollow" tabIndex={isActive ? 0 : -1}>
            {marked(part.text, search)}
          </a>
        ),
      )}
    </p>
  );
}

function marked(text: string, search: string | undefined) {
  return search === undefined ? text : <FoundText text={text} search={search} />;
}
