import { expect, it } from 'vitest';
import { formatRelative } from './Time';

const day = 86_400_000;
const now = Date.parse('2026-11-22T10:00:00.000Z');

it.each([
  [30 * day - 5_000, 'in 30 days'],
  [29 * day, 'in 29 days'],
  [day + 1_000, 'in 2 days'],
  [-3.9 * day, '3 days ago'],
])('a deadline %d ms away is "%s"', (away, words) => {
  expect(formatRelative(now + away, now, 'day')).toBe(words);
});
