import { texts } from '@/texts/texts';
import styles from './PlatformMark.module.css';
import sprite from './platforms.svg';

interface PlatformMarkProps {
  /** A platform's name in the API. One newer than this page has no drawing of its own. */
  readonly platform: string;
  /** Whether it stands in a line of text. */
  readonly small?: boolean;
}

/** A platform's mark, on its colour. Its name is to be said beside it, for it is not announced. */
export function PlatformMark({ platform, small = false }: PlatformMarkProps) {
  const drawing = platform in texts.members.platforms ? platform : 'other';
  return (
    <span className={styles.mark} data-platform={platform} data-small={small || undefined} aria-hidden="true">
      <svg>
        <use href={`${sprite}#${drawing}`} />
      </svg>
    </span>
  );
}
