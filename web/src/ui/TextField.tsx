import type { InputHTMLAttributes, Ref, TextareaHTMLAttributes } from 'react';
import { charactersIn } from './characters';
import { Field, type Labelled } from './Field';

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
