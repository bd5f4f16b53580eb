import { type ReactNode, useId } from 'react';
import styles from './ProfileSection.module.css';

/** A part of a profile with a heading. */
export function ProfileSection({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const id = useId();
  return (
    <section className={styles.section} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}
