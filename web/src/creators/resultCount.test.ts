import { expect, it } from 'vitest';
import { noFilters } from './filters';
import { onlyValue, resultCount } from './resultCount';

it('counts what is loaded when that is all', () => {
  expect(resultCount(1, false, undefined)).toBe('1 creator');
  expect(resultCount(1_038, false, undefined)).toBe('1,038 creators');
});

it('says about how many creators a single filter finds, and otherwise that there are more', () => {
  const travel = { value: 'travel', name: 'Travel', count: 120 };
  expect(resultCount(24, true, travel)).toBe('about 120 creators');
  // Since the count, more have come.
  expect(resultCount(144, true, travel)).toBe('more than 144 creators');
  expect(resultCount(24, true, undefined)).toBe('more than 24 creators');
});

it('knows a single filter', () => {
  expect(onlyValue({ ...noFilters, category: ['travel'] })).toEqual({ name: 'category', value: 'travel' });
  expect(onlyValue({ ...noFilters, category: ['travel', 'food'] })).toBeUndefined();
  expect(onlyValue({ ...noFilters, category: ['travel'], minFollowers: 10 })).toBeUndefined();
  expect(onlyValue({ ...noFilters, category: ['travel'], q: 'mira' })).toBeUndefined();
  expect(onlyValue(noFilters)).toBeUndefined();
});
