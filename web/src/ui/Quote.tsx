import styles from './Quote.module.css';

/** What somebody wrote, with its lines. */
export function Quote({ text }: { readonly text: string }) {
  return (
    <blockquote dir="auto" className={styles.quote}>
      {text}
    </blockquote>
  );
}
