import type { ReactNode } from 'react';
import styles from './RowList.module.css';

/** A list whose rows are read one below the other. Its children are `li`s. */
export function RowList({ label, children }: { readonly label?: string; readonly children: ReactNode }) {
  return (
    // Safari takes the list out of what it reads where it has no bullets, unless it is told.
    <ul role="list" aria-label={label} className={styles.list}>
      {children}
    </ul>
  );
}
