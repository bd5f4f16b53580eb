import { useId } from 'react';
import styles from './RadioChoice.module.css';

interface RadioChoiceProps<T extends string> {
  readonly legend: string;
  readonly options: readonly { readonly value: T; readonly name: string; readonly words: string }[];
  readonly value: T | undefined;
  readonly onChange: (value: T) => void;
  /** What holds for all of them. */
  readonly hint?: string;
}

/** One of a few, each with a sentence on what it means. One has to be chosen. */
export function RadioChoice<T extends string>({ legend, options, value, onChange, hint }: RadioChoiceProps<T>) {
  const name = useId();
  return (
    <fieldset className={styles.choice}>
      <legend>{legend}</legend>
      {options.map((option) => (
        <label key={option.value} className={styles.option}>
          <input type="radio" name={name} required checked={value === option.value} onChange={() => onChange(option.value)} />
          <strong>{option.name}</strong>
          <span className={styles.words}>{option.words}</span>
        </label>
      ))}
      {hint !== undefined && <p className={styles.hint}>{hint}</p>}
    </fieldset>
  );
}
