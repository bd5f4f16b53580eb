import type { ProfileDraft } from './draft';
import type { FieldErrors } from './readDraft';

/** What each part of the form works on. */
export interface FormPart {
  readonly draft: ProfileDraft;
  readonly errors: FieldErrors;
  readonly edit: (edits: Partial<ProfileDraft>) => void;
}

/** What is wrong with a field; of a list, also with one of its entries. */
export function errorOf(errors: FieldErrors, field: string): string | undefined {
  return errors[field]?.[0];
}

/** What is wrong with a list or any entry of it that has no field of its own. */
export function errorOfList(errors: FieldErrors, field: string): string | undefined {
  const [found] = Object.entries(errors).filter(([name]) => name === field || (name.startsWith(`${field}[`) && name.endsWith(']')));
  return found?.[1][0];
}

/** The errors without those of the fields that are being edited. */
export function withoutErrorsOf(errors: FieldErrors, fields: readonly string[]): FieldErrors {
  return Object.fromEntries(
    Object.entries(errors).filter(([name]) => !fields.some((field) => name === field || name.startsWith(`${field}[`))),
  );
}
