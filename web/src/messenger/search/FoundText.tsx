import { useMemo } from 'react';
import { foundParts } from '@/members/search';
import styles from './FoundText.module.css';

// How much of a text is shown before the first word found.
const maxBefore = 40;
const maxShown = 240;

interface FoundTextProps {
  readonly text: string;
  readonly search: string;
  /** Begins shortly before the first word found. */
  readonly isShort?: boolean;
}

/** A text in which the words of a search are marked. */
export function FoundText({ text, search, isShort = false }: FoundTextProps) {
  const parts = useMemo(() => {
    const all = foundParts(search, text);
    return isShort ? shortened(all) : all;
  }, [text, search, isShort]);
  return parts.map((part, i) =>
    part.isFound ? (
      <mark key={i} className={styles.mark}>
        {part.text}
      </mark>
    ) : (
      <span key={i}>{part.text}</span>
    ),
  );
}

function shortened(parts: ReturnType<typeof foundParts>): ReturnType<typeof foundParts> {
  const [first, ...rest] = parts;
  if (!first) {
    return parts;
  }

  // Cut between code points, so that no character is broken, and where there are spaces, before a word.
  const before = Array.from(first.text);
  const last = before.slice(-maxBefore).join('');
  const start = !first.isFound && before.length > maxBefore ? `…${last.replace(/^\S*\s+(?=\S)/u, '')}` : first.text;
  let left = maxShown;
  return [{ ...first, text: start }, ...rest].flatMap((part) => {
    const characters = Array.from(part.text);
    const kept = characters.slice(0, Math.max(0, left));
    left -= characters.length;
    return kept.length === 0 ? [] : [{ ...part, text: kept.join('') }];
  });
}
