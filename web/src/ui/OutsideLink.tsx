import { ExternalLink } from 'lucide-react';
import type { ReactNode } from 'react';
import { texts } from '@/texts/texts';
import styles from './OutsideLink.module.css';

/** A link given by a member. Opens in a new tab; only https addresses become links. */
export function OutsideLink({ url, children }: { readonly url: string | undefined; readonly children: ReactNode }) {
  return url !== undefined && isHttps(url) ? (
    <a href={url} target="_blank" rel="noopener noreferrer nofollow" className={styles.link}>
      <span>{children}</span>
      <ExternalLink size={14} aria-hidden="true" />
      <span className="visually-hidden">{texts.ui.newTab}</span>
    </a>
  ) : (
    <span>{children}</span>
  );
}

function isHttps(url: string): boolean {
  return URL.canParse(url) && new URL(url).protocol === 'https:';
}
