/**
 * A text with another one in place of what is selected. Where it would touch a word, a space comes between.
 *
 * @returns the whole text, and where the cursor goes.
 */
export function inserted(text: string, added: string, start: number, end: number): { readonly text: string; readonly cursor: number } {
  const [before, after] = [text.slice(0, start), text.slice(end)];
  const head = before + (before === '' || /\s$/.test(before) ? '' : ' ') + added;
  return { text: head + (after === '' || /^[\s.,;:!?]/.test(after) ? '' : ' ') + after, cursor: head.length };
}

/** Inserts a text into a field at its cursor. The field's value is React's, so the cursor is set once it shows the text. */
export function insertText(field: HTMLTextAreaElement | null, added: string, value: string, onChange: (text: string) => void): void {
  const at = inserted(value, added, field?.selectionStart ?? value.length, field?.selectionEnd ?? value.length);
  onChange(at.text);
  requestAnimationFrame(() => {
    field?.focus();
    field?.setSelectionRange(at.cursor, at.cursor);
  });
}
