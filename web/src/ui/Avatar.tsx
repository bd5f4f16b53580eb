import { useState } from 'react';
import { language } from '@/texts/texts';
import styles from './Avatar.module.css';

const origins = new Set<string>();

/** Allows pictures from these origins, beside the page's own. */
export function allowPictures(from: readonly string[]): void {
  from.forEach((origin) => origins.add(origin));
}

/** Whether a picture's server is one of ours. A member's own server would learn who looks at their picture, when and from where. */
function isOurs(url: string): boolean {
  if (!URL.canParse(url)) {
    return false;
  }

  const { origin } = new URL(url);
  return origin === window.location.origin || origins.has(origin);
}

/** A member's picture, or their initials if there is none, it is on another server or it does not load. */
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
  const shown = url === undefined || url === broken || !isOurs(url) ? undefined : url;
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
