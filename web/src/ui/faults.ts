/** Moves the focus to the first control of a form that holds no valid value. Forms say what is wrong themselves, all of it at once. */
export function focusFirstFault(form: HTMLFormElement): void {
  form.querySelector<HTMLElement>('input:invalid, textarea:invalid, select:invalid')?.focus();
}
