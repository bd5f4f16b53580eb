import { type InputHTMLAttributes, type ReactNode, type Ref, type SelectHTMLAttributes, type TextareaHTMLAttributes, useId } from 'react';
import { texts } from '@/texts/texts';
import styles from './Field.module.css';

/** The texts around a control. */
interface Labelled {
  readonly label: string;
  /** What to enter, or why. */
  readonly hint?: string | undefined;
  /** Why the value is invalid. */
  readonly error?: string | undefined;
}

/** The attributes for the control. */
interface FieldControl {
  readonly id: string;
  readonly className: string | undefined;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': true | undefined;
}

interface FieldProps extends Labelled {
  /** How many characters are left, if shown. */
  readonly left?: number | undefined;
  readonly control: (shared: FieldControl) => ReactNode;
}

/** A control with its label, hint and error, associated for screen readers. */
function Field({ label, hint, error, left, control }: FieldProps) {
  const id = useId();
  const hintId = `${id}-hint`;
  const errorId = `${id}-error`;
  const described = [hint !== undefined && hintId, error !== undefined && errorId].filter(Boolean).join(' ') || undefined;
  return (
    <div className={styles.field}>
      <div className={styles.head}>
        <label htmlFor={id}>{label}</label>
        {left !== undefined && <span className={styles.left}>{left < 0 ? texts.ui.tooMany(-left) : texts.ui.left(left)}</span>}
      </div>
      {hint !== undefined && (
        <p id={hintId} className="hint">
          {hint}
        </p>
      )}
      {control({ id, className: styles.input, 'aria-describedby': described, 'aria-invalid': error === undefined ? undefined : true })}
      {error !== undefined && (
        <p id={errorId} className="field-error">
          {error}
        </p>
      )}
    </div>
  );
}

interface Limited extends Labelled {
  /** The maximum length as the service counts it. Longer text is kept and reported as an error, unlike with `maxLength`. */
  readonly limit?: number | undefined;
}

type InputAttributes = { readonly ref?: Ref<HTMLInputElement> } & InputHTMLAttributes<HTMLInputElement>;
type AreaAttributes = { readonly ref?: Ref<HTMLTextAreaElement> } & TextareaHTMLAttributes<HTMLTextAreaElement>;

/** A labelled single-line field. Shows the remaining characters when they run low. */
export function TextField({ label, hint, error, limit, ...input }: Limited & InputAttributes) {
  return <Field {...{ label, hint, error }} left={left(input, limit)} control={(shared) => <input {...input} {...shared} />} />;
}

/** A labelled multi-line field. */
export function TextArea({ label, hint, error, limit, ...area }: Limited & AreaAttributes) {
  return <Field {...{ label, hint, error }} left={left(area, limit)} control={(shared) => <textarea {...area} {...shared} />} />;
}

// Shown only for the last quarter.
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

interface Option {
  readonly value: string;
  readonly name: string;
}

interface SelectFieldProps extends Labelled {
  readonly options: readonly (Option | { readonly group: string; readonly options: readonly Option[] })[];
  /** The label of the empty choice. */
  readonly none: string;
}

/** A labelled native select. */
export function SelectField({ label, hint, error, options, none, ...select }: SelectFieldProps & SelectAttributes) {
  return (
    <Field
      {...{ label, hint, error }}
      control={(shared) => (
        <select {...select} {...shared}>
          <option value="">{none}</option>
          {options.map((each) =>
            'group' in each ? (
              <optgroup key={each.group} label={each.group}>
                {each.options.map(toOption)}
              </optgroup>
            ) : (
              toOption(each)
            ),
          )}
        </select>
      )}
    />
  );
}

function toOption({ value, name }: Option) {
  return (
    <option key={value} value={value}>
      {name}
    </option>
  );
}

/** The length of a text as the service counts it: in Unicode code points, without surrounding white space. */
export function charactersIn(text: string): number {
  return Array.from(text.replaceAll('\r\n', '\n').trim()).length;
}

/** Moves the focus to the first control of a form that holds no valid value. Forms say what is wrong themselves, all of it at once. */
export function focusFirstFault(form: HTMLFormElement): void {
  form.querySelector<HTMLElement>('input:invalid, textarea:invalid, select:invalid')?.focus();
}
