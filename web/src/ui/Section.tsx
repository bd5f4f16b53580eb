import { useId, type ReactNode } from 'react';
import styles from './Section.module.css';

/** A part of a page under a heading. */
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
        {intro !== undefined && <p className={styles.intro}>{intro}</p>}
      </div>
      {children}
    </section>
  );
}
