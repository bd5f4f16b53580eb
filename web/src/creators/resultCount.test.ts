import { expect, it } from 'vitest';
import { texts } from '@/texts/texts';
import { resultCount } from './resultCount';

function inWords(...of: Parameters<typeof resultCount>): string {
  const count = resultCount(...of);
  return texts.creators.found[count.kind](count.of);
}

it('counts what is loaded when that is all', () => {
  expect(inWords(1, false, undefined)).toBe('1 creator');
  expect(inWords(1_038, false, { count: 1_000, precision: 'over' })).toBe('1,038 creators');
});

it('says how many creators a search finds, as precisely as they were counted', () => {
  expect(inWords(24, true, { count: 38, precision: 'exact' })).toBe('38 creators');
  expect(inWords(24, true, { count: 1_200, precision: 'about' })).toBe('About 1,200 creators');
  expect(inWords(24, true, { count: 1_000, precision: 'over' })).toBe('More than 1,000 creators');
});

it('says that there are more than are loaded while there is no count, or when more have come since', () => {
  expect(inWords(24, true, undefined)).toBe('More than 24 creators');
  expect(inWords(144, true, { count: 120, precision: 'about' })).toBe('More than 144 creators');
});
