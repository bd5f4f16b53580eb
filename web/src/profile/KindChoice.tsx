import styles from './KindChoice.module.css';

export type Kind = 'brand' | 'creator';

const kinds: readonly { readonly kind: Kind; readonly name: string; readonly words: string }[] = [
  { kind: 'brand', name: 'A brand', words: 'You look for creators to work with, and invite them.' },
  { kind: 'creator', name: 'A creator', words: 'You publish, and want to be found. You can invite other creators too.' },
];

/** What a member is here for. It is set once, and the words say so. */
export function KindChoice({ value, onChange }: { readonly value: Kind | undefined; readonly onChange: (kind: Kind) => void }) {
  return (
    <fieldset className={styles.choice}>
      <legend>You are</legend>
      {kinds.map(({ kind, name, words }) => (
        <label key={kind} className={styles.kind}>
          <input type="radio" name="kind" required checked={value === kind} onChange={() => onChange(kind)} />
          <strong>{name}</strong>
          <span className={styles.words}>{words}</span>
        </label>
      ))}
      <p className={styles.words}>This cannot be changed later.</p>
    </fieldset>
  );
}
