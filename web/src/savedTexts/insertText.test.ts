import { expect, it } from 'vitest';
import { inserted } from './insertText';

it.each([
  ['', 0, 0, 'Hello', 5],
  ['Dear Mira', 9, 9, 'Dear Mira Hello', 15],
  ['Dear Mira\n', 10, 10, 'Dear Mira\nHello', 15],
  ['before after', 6, 6, 'before Hello after', 12],
  ['say this now', 4, 8, 'say Hello now', 9],
  ['What. ', 4, 4, 'What Hello. ', 10],
])('%j gets a text at %i to %i', (text, start, end, whole, cursor) => {
  expect(inserted(text, 'Hello', start, end)).toEqual({ text: whole, cursor });
});
