import { useId, type InputHTMLAttributes, type ReactNode, type Ref, type TextareaHTMLAttributes } from 'react';
import styles from './TextField.module.css';

interface Labelled {
  readonly label: string;
  /** What to write, or why it is asked. */
  readonly hint?: string | undefined;
  /** What is wrong with what is written; the field then says so to everybody. */
  readonly error?: string | undefined;
}

type InputAttributes = { readonly ref?: Ref<HTMLInputElement> } & InputHTMLAttributes<HTMLInputElement>;
type AreaAttributes = { readonly ref?: Ref<HTMLTextAreaElement> } & TextareaHTMLAttributes<HTMLTextAreaElement>;

/** A labelled field of one line. With `maxLength` it counts what is left when that gets short. */
export function TextField({ label, hint, error, ...input }: Labelled & InputAttributes) {
  return <Field {...{ label, hint, error }} {...length(input)} control={(shared) => <input {...input} {...shared} />} />;
}

/** A labelled field of several lines. */
export function TextArea({ label, hint, error, ...area }: Labelled & AreaAttributes) {
  return <Field {...{ label, hint, error }} {...length(area)} control={(shared) => <textarea {...area} {...shared} />} />;
}

interface Shared {
  readonly id: string;
  readonly className: string | undefined;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': true | undefined;
}

interface FieldProps extends Labelled {
  readonly left: number | undefined;
  readonly control: (shared: Shared) => ReactNode;
}

function Field({ label, hint, error, left, control }: FieldProps) {
  const id = useId();
  const hintId = `${id}-hint`;
  const errorId = `${id}-error`;
  const described = [hint !== undefined && hintId, error !== undefined && errorId].filter(Boolean).join(' ') || undefined;
  return (
    <div className={styles.field}>
      <div className={styles.head}>
        <label htmlFor={id}>{label}</label>
        {left !== undefined && <span className={styles.left}>{left} left</span>}
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

// Told only when it gets short.
function length({ value, maxLength }: { readonly value?: unknown; readonly maxLength?: number | undefined }): { readonly left: number | undefined } {
  const left = maxLength !== undefined && typeof value === 'string' ? maxLength - value.length : undefined;
  return { left: left !== undefined && maxLength !== undefined && left <= maxLength / 4 ? left : undefined };
}
