import type { ReactNode } from 'react';
import styles from './Page.module.css';
import { useTitle } from './useTitle';

interface PageProps {
  /** The heading, and the browser's title. */
  readonly title: string;
  /** One sentence on what the page is for. */
  readonly intro?: ReactNode;
  /** What can be done with the page as a whole, at the end of the heading. */
  readonly actions?: ReactNode;
  readonly width?: 'wide' | 'reading';
  readonly children: ReactNode;
}

/** A page: its heading, and what is on it. */
export function Page({ title, intro, actions, width = 'reading', children }: PageProps) {
  useTitle(title);
  return (
    <div className={styles.page} data-width={width}>
      <header className={styles.head}>
        <div>
          <h1>{title}</h1>
          {intro !== undefined && <p className={styles.intro}>{intro}</p>}
        </div>
        {actions}
      </header>
      {children}
    </div>
  );
}
