import type { PlatformName } from '@/api/types';
import styles from './PlatformMark.module.css';

const letters: Partial<Record<string, string>> = {
  blog: 'B',
  bluesky: 'Bs',
  facebook: 'f',
  instagram: 'Ig',
  linkedin: 'in',
  newsletter: 'N',
  pinterest: 'P',
  podcast: 'Pc',
  snapchat: 'Sc',
  threads: '@',
  tiktok: 'Tt',
  twitch: 'Tw',
  x: 'X',
  youtube: 'Yt',
};

/** A platform's mark, in its colour. Its name is to be said beside it, for it is not announced. */
export function PlatformMark({ platform }: { readonly platform: PlatformName }) {
  return (
    <span className={styles.mark} data-platform={platform} aria-hidden="true">
      {letters[platform] ?? platform.charAt(0).toUpperCase()}
    </span>
  );
}
