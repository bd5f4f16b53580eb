import type { KeyboardEvent } from 'react';

// What browsers report for a key that an input method handles.
const handledByInputMethod = 229;

/**
 * Whether Enter was pressed to submit, not to end an input method's composition. Safari reports that Enter after the composition has ended,
 * and only its code tells the difference.
 */
// eslint-disable-next-line @typescript-eslint/no-deprecated -- Nothing has replaced `keyCode`.
export function isEnter({ key, keyCode, nativeEvent }: KeyboardEvent): boolean {
  return key === 'Enter' && !nativeEvent.isComposing && keyCode !== handledByInputMethod;
}
