import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { numbersFrom } from './numbersFrom';

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-22T10:00:00') });
});
afterEach(() => {
  vi.useRealTimers();
});

it('says when numbers were checked, with the year if it is another one', () => {
  expect(numbersFrom({ source: 'import', checkedAt: '2026-11-03T12:00:00.000Z' })).toBe('checked 3 Nov');
  expect(numbersFrom({ source: 'import', checkedAt: '2025-11-03T12:00:00.000Z' })).toBe('checked 3 Nov 2025');
});

it('says that a creator states them, and nothing where nobody says from where they are', () => {
  expect(numbersFrom({ source: 'self' })).toBe('as stated');
  expect(numbersFrom({ source: 'import' })).toBeUndefined();
  expect(numbersFrom({})).toBeUndefined();
});
