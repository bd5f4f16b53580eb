import { type ReactNode, useId } from 'react';
import styles from './Page.module.css';
import { useTitle } from './title';

interface PageProps {
  /** The heading and the browser's title. */
  readonly title: string;
  /** One sentence about the page. */
  readonly intro?: ReactNode;
  /** Actions on the page as a whole, beside the heading. */
  readonly actions?: ReactNode;
  readonly width?: 'wide' | 'reading';
  readonly children: ReactNode;
}

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

/** A part of a page with a heading. */
export function Section({
  title,
  intro,
  children,
}: {
  readonly title: string;
  readonly intro?: string | undefined;
  readonly children: ReactNode;
}) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={styles.section}>
      <div>
        <h2 id={id}>{title}</h2>
        {intro !== undefined && <p className="hint">{intro}</p>}
      </div>
      {children}
    </section>
  );
}

/** A framed part of a page. */
export function Panel({ children }: { readonly children: ReactNode }) {
  return <div className={styles.panel}>{children}</div>;
}
