import type { ReactNode } from 'react';
import styles from './Panel.module.css';

/** A part of a page that belongs together, on paper. */
export function Panel({ children }: { readonly children: ReactNode }) {
  return <div className={styles.panel}>{children}</div>;
}
