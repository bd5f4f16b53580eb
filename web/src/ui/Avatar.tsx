import { useState } from 'react';
import { language } from '@/texts/texts';
import styles from './Avatar.module.css';

/** A member's picture, or their initials if there is none or it does not load. */
export function Avatar({
  name,
  url,
  size = 48,
}: {
  readonly name: string;
  readonly url?: string | undefined;
  readonly size?: 32 | 40 | 48 | 64 | 96;
}) {
  const [broken, setBroken] = useState<string>();
  const shown = url === broken ? undefined : url;
  return (
    // The initials are generated content: as text they would become part of the accessible name of a button around them.
    <span className={styles.avatar} data-size={size} data-initials={shown === undefined ? initials(name) : undefined} aria-hidden="true">
      {shown !== undefined && (
        <img
          src={shown}
          alt=""
          width={size}
          height={size}
          loading="lazy"
          decoding="async"
          referrerPolicy="no-referrer"
          onError={() => setBroken(shown)}
        />
      )}
    </span>
  );
}

const graphemes = new Intl.Segmenter(language, { granularity: 'grapheme' });

/** The first letter of the first and last word, each with its accents. A name without letters and digits is shown by its first symbol. */
function initials(name: string): string {
  const characters = (text: string) => Array.from(graphemes.segment(text), ({ segment }) => segment);
  const letters = name.split(/\s+/).flatMap((word) => characters(word).find((character) => /[\p{L}\p{N}]/u.test(character)) ?? []);
  const [first, last] = [letters[0], letters.length > 1 ? letters.at(-1) : undefined];
  return first === undefined ? (characters(name.trim())[0] ?? '') : `${first}${last ?? ''}`.toLocaleUpperCase(language);
}
