import type { ProfileDraft } from './draft';
import type { FieldErrors } from './readDraft';

/** The props of each part of the form. */
export interface FormPart {
  readonly draft: ProfileDraft;
  readonly errors: FieldErrors;
  readonly edit: (edits: Partial<ProfileDraft>) => void;
}

/** The first error of a field. */
export function errorOf(errors: FieldErrors, field: string): string | undefined {
  return errors[field]?.[0];
}

/** The first error of a list, or of an entry without fields of its own. */
export function errorOfList(errors: FieldErrors, field: string): string | undefined {
  const [found] = Object.entries(errors).filter(([name]) => name === field || (name.startsWith(`${field}[`) && name.endsWith(']')));
  return found?.[1][0];
}

/** The errors without those of fields that are being edited. */
export function withoutErrorsOf(errors: FieldErrors, fields: readonly string[]): FieldErrors {
  return Object.fromEntries(
    Object.entries(errors).filter(([name]) => !fields.some((field) => name === field || name.startsWith(`${field}[`))),
  );
}
