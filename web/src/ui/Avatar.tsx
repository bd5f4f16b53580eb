import { useState } from 'react';
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

function initials(name: string): string {
  const letters = name.split(/\s+/).flatMap((word) => /[\p{L}\p{N}]/u.exec(word)?.[0] ?? []);
  // A name without letters and digits is shown by its first symbol.
  return letters.length === 0
    ? (Array.from(name.trim())[0] ?? '')
    : [letters[0], letters.length > 1 ? letters.at(-1) : ''].join('').toUpperCase();
}
