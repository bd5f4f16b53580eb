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

/** Inserts a text into a field at its cursor, as if it were typed there, so that the browser can undo it. */
export function insertText(field: HTMLTextAreaElement | null, added: string): void {
  if (field) {
    const { value, selectionStart: start, selectionEnd: end } = field;
    const at = inserted(value, added, start, end);
    field.focus();
    // Deprecated without a successor: whatever else sets the value of a field empties its list of what can be undone.
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    document.execCommand('insertText', false, at.text.slice(start, at.text.length - value.length + end));
    field.setSelectionRange(at.cursor, at.cursor);
  }
}
