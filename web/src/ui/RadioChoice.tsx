import { useId } from 'react';
import styles from './RadioChoice.module.css';

interface RadioChoiceProps<T extends string> {
  readonly legend: string;
  readonly options: readonly { readonly value: T; readonly name: string; readonly description: string }[];
  readonly value: T | undefined;
  readonly onChange: (value: T) => void;
  /** A note on all options. */
  readonly hint?: string;
  /** Why the choice is needed, once it was missed. */
  readonly error?: string | undefined;
}

/** A required choice between a few options, each with a description. */
export function RadioChoice<T extends string>({ legend, options, value, onChange, hint, error }: RadioChoiceProps<T>) {
  const name = useId();
  return (
    <fieldset className={styles.choice} aria-describedby={error === undefined ? undefined : `${name}-error`}>
      <legend>{legend}</legend>
      {options.map((option) => (
        <label key={option.value} className={styles.option}>
          <input type="radio" name={name} required checked={value === option.value} onChange={() => onChange(option.value)} />
          <strong>{option.name}</strong>
          <span className={styles.words}>{option.description}</span>
        </label>
      ))}
      {hint !== undefined && <p className="hint">{hint}</p>}
      {error !== undefined && (
        <p id={`${name}-error`} className="field-error">
          {error}
        </p>
      )}
    </fieldset>
  );
}
