import { expect, it } from 'vitest';
import { countryName, formatFollowers, formatNumber, isolated } from './names';

it('isolates a name that is written from right to left', () => {
  expect(isolated('Mira Lund')).toBe('Mira Lund');
  expect(isolated('שירה 2')).toBe('\u2068שירה 2\u2069');
});

it('formats in the language of the page, not of the browser', () => {
  expect([countryName('DE'), formatFollowers(52_300), formatNumber(52_300)]).toEqual(['Germany', '52.3K', '52,300']);
});
