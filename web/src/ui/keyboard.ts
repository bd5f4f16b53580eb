import type { KeyboardEvent } from 'react';
import { browserStorage } from './storage';

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

const singleKeys = 'connections.single-keys';

// Single keys can be in the way of speech input, so they can be turned off (WCAG 2.1.4).
let single = readSingle();

/** Whether the keys without Ctrl work. */
export function hasSingleKeys(): boolean {
  return single;
}

/** Turns the keys without Ctrl on or off. */
export function setSingleKeys(on: boolean): void {
  single = on;
  // Where the browser stores nothing, it holds until the page is closed.
  browserStorage.set(singleKeys, on ? 'on' : 'off');
}

/** Whether a key is meant for the page: outside of text fields and dialogs, and not used by anything else. */
export function isForPage(event: globalThis.KeyboardEvent): boolean {
  return !event.defaultPrevented && !event.isComposing && !document.querySelector('dialog[open]');
}

/** Whether a key is a single one for the page, such as `?`, and single keys are on. */
export function isSingleKey(event: globalThis.KeyboardEvent): boolean {
  return single && isForPage(event) && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target);
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input:not([type=radio]), textarea, select, [contenteditable]');
}

function readSingle(): boolean {
  return browserStorage.get(singleKeys) !== 'off';
}
