import styles from './Quote.module.css';

/** Text by a member, with its line breaks. */
export function Quote({ text }: { readonly text: string }) {
  return (
    <blockquote dir="auto" className={styles.quote}>
      {text}
    </blockquote>
  );
}
