import { expect, it } from 'vitest';
import { noFilters } from './filters';
import { texts } from '@/texts/texts';
import { onlyValue, resultCount } from './resultCount';

function inWords(...of: Parameters<typeof resultCount>): string {
  const count = resultCount(...of);
  return texts.creators.found[count.kind](count.of);
}

it('counts what is loaded when that is all', () => {
  expect(inWords(1, false, undefined)).toBe('1 creator');
  expect(inWords(1_038, false, undefined)).toBe('1,038 creators');
});

it('says about how many creators a single filter finds, and otherwise that there are more', () => {
  const travel = { value: 'travel', name: 'Travel', count: 120 };
  expect(inWords(24, true, travel)).toBe('About 120 creators');
  // Since the count, more have come.
  expect(inWords(144, true, travel)).toBe('More than 144 creators');
  expect(inWords(24, true, undefined)).toBe('More than 24 creators');
});

it('knows a single filter', () => {
  expect(onlyValue({ ...noFilters, category: ['travel'] })).toEqual({ name: 'category', value: 'travel' });
  expect(onlyValue({ ...noFilters, category: ['travel', 'food'] })).toBeUndefined();
  expect(onlyValue({ ...noFilters, category: ['travel'], minFollowers: 10 })).toBeUndefined();
  expect(onlyValue({ ...noFilters, category: ['travel'], q: 'mira' })).toBeUndefined();
  expect(onlyValue(noFilters)).toBeUndefined();
});
