import { type InputHTMLAttributes, type ReactNode, type Ref, type SelectHTMLAttributes, type TextareaHTMLAttributes, useId } from 'react';
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

interface Limited extends Labelled {
  /** The most characters, counted as people count them. What is longer is told and not cut off, unlike with `maxLength`. */
  readonly limit?: number | undefined;
}

type InputAttributes = { readonly ref?: Ref<HTMLInputElement> } & InputHTMLAttributes<HTMLInputElement>;
type AreaAttributes = { readonly ref?: Ref<HTMLTextAreaElement> } & TextareaHTMLAttributes<HTMLTextAreaElement>;

/** A labelled field of one line. With `limit` or `maxLength` it counts what is left when that gets short. */
export function TextField({ label, hint, error, limit, ...input }: Limited & InputAttributes) {
  return <Field {...{ label, hint, error }} left={left(input, limit)} control={(shared) => <input {...input} {...shared} />} />;
}

/** A labelled field of several lines. */
export function TextArea({ label, hint, error, limit, ...area }: Limited & AreaAttributes) {
  return <Field {...{ label, hint, error }} left={left(area, limit)} control={(shared) => <textarea {...area} {...shared} />} />;
}

// Told only when it gets short.
function left(
  { value, maxLength }: { readonly value?: unknown; readonly maxLength?: number | undefined },
  limit: number | undefined,
): number | undefined {
  const most = limit ?? maxLength;
  if (most === undefined || typeof value !== 'string') {
    return undefined;
  }

  const rest = most - (limit === undefined ? value.length : charactersIn(value));
  return rest <= most / 4 ? rest : undefined;
}

type SelectAttributes = { readonly ref?: Ref<HTMLSelectElement> } & SelectHTMLAttributes<HTMLSelectElement>;

interface SelectFieldProps extends Labelled {
  readonly options: readonly { readonly value: string; readonly name: string }[];
  /** What stands for no choice. */
  readonly none: string;
}

/** A labelled choice of one among many: the browser's own, which can be searched by typing and is at home on a phone. */
export function SelectField({ label, hint, error, options, none, ...select }: SelectFieldProps & SelectAttributes) {
  return (
    <Field
      {...{ label, hint, error }}
      control={(shared) => (
        <select {...select} {...shared}>
          <option value="">{none}</option>
          {options.map(({ value, name }) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </select>
      )}
    />
  );
}

/** How long a text is as the service counts it: in Unicode code points, of what is left without space around it. */
export function charactersIn(text: string): number {
  return Array.from(text.replaceAll('\r\n', '\n').trim()).length;
}
