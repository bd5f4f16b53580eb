import { useId, type ReactNode } from 'react';
import styles from './Field.module.css';

/** What is said about a control. */
export interface Labelled {
  readonly label: string;
  /** What to write, or why it is asked. */
  readonly hint?: string | undefined;
  /** What is wrong with what is written; the field then says so to everybody. */
  readonly error?: string | undefined;
}

/** What the control has to carry. */
export interface FieldControl {
  readonly id: string;
  readonly className: string | undefined;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': true | undefined;
}

interface FieldProps extends Labelled {
  /** How many characters may still be written, where that is worth telling. */
  readonly left?: number | undefined;
  readonly control: (shared: FieldControl) => ReactNode;
}

/** A control with its label, its hint and what is wrong with it, tied together for everybody. */
export function Field({ label, hint, error, left, control }: FieldProps) {
  const id = useId();
  const hintId = `${id}-hint`;
  const errorId = `${id}-error`;
  const described = [hint !== undefined && hintId, error !== undefined && errorId].filter(Boolean).join(' ') || undefined;
  return (
    <div className={styles.field}>
      <div className={styles.head}>
        <label htmlFor={id}>{label}</label>
        {left !== undefined && <span className={styles.left}>{left < 0 ? `${-left} too many` : `${left} left`}</span>}
      </div>
      {hint !== undefined && (
        <p id={hintId} className={styles.hint}>
          {hint}
        </p>
      )}
      {control({ id, className: styles.input, 'aria-describedby': described, 'aria-invalid': error === undefined ? undefined : true })}
      {error !== undefined && (
        <p id={errorId} className={styles.error}>
          {error}
        </p>
      )}
    </div>
  );
}
