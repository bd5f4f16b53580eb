import { useId } from 'react';
import styles from './ChipsField.module.css';

interface ChipsFieldProps<T extends string> {
  readonly legend: string;
  /** What to choose, or how much is chosen. */
  readonly hint: string;
  /** Every value that the page knows. */
  readonly values: readonly T[];
  readonly nameOf: (value: T) => string;
  readonly chosen: readonly T[];
  /** How many can be chosen, if there are more values than that. */
  readonly most?: number;
  readonly error: string | undefined;
  readonly onChange: (chosen: readonly T[]) => void;
}

/** A choice of several values out of a few, which are all shown. */
export function ChipsField<T extends string>({ legend, hint, values, nameOf, chosen, most, error, onChange }: ChipsFieldProps<T>) {
  const id = useId();
  const isFull = most !== undefined && chosen.length >= most;
  // A chosen value that is newer than this page can be removed like any other.
  const offered = [...values, ...chosen.filter((value) => !values.includes(value))];
  return (
    <fieldset
      className={styles.choice}
      aria-describedby={`${id}-hint${error === undefined ? '' : ` ${id}-error`}`}
      data-invalid={error === undefined ? undefined : true}
      tabIndex={-1}
    >
      <legend>{legend}</legend>
      {/* A status where it changes: where there is a most, it counts. */}
      <p id={`${id}-hint`} role={most === undefined ? undefined : 'status'} className="hint">
        {hint}
      </p>
      <div className={styles.chips}>
        {offered.map((value) => {
          const checked = chosen.includes(value);
          return (
            <label key={value} className={styles.chip}>
              <input
                type="checkbox"
                checked={checked}
                disabled={isFull && !checked}
                onChange={() => onChange(checked ? chosen.filter((other) => other !== value) : [...chosen, value])}
              />
              <span>{nameOf(value)}</span>
            </label>
          );
        })}
      </div>
      {error !== undefined && (
        <p id={`${id}-error`} className="field-error">
          {error}
        </p>
      )}
    </fieldset>
  );
}
