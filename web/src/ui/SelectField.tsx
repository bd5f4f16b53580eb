import type { Ref, SelectHTMLAttributes } from 'react';
import { Field, type Labelled } from './Field';

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
