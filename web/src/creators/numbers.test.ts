import { describe, expect, it } from 'vitest';
import { percentOf, readCount, readPercent } from './numbers';

describe('a number of followers', () => {
  it.each([
    ['10000', 10_000],
    [' 10 000 ', 10_000],
    ['10,000', 10_000],
    ['10.000', 10_000],
    ['1,250,000', 1_250_000],
    ['10k', 10_000],
    ['1.5 K', 1_500],
    ['1,5k', 1_500],
    ['2.3M', 2_300_000],
    ['1.001k', 1_001],
    ['0', 0],
  ])('is read as it is typed: %s', (text, count) => expect(readCount(text)).toBe(count));

  it.each(['', 'many', '-5', '1.5', '1.0001k', '10kk', '10000000001', '1e5'])('is none: %s', (text) =>
    expect(readCount(text)).toBeUndefined(),
  );
});

describe('an engagement', () => {
  it.each([
    ['3.4', 0.034],
    ['3,4', 0.034],
    ['3.4 %', 0.034],
    ['100', 1],
    ['0.25', 0.0025],
  ])('is read in percent: %s', (text, fraction) => expect(readPercent(text)).toBe(fraction));

  it.each(['', '101', '-1', 'high', '3.456'])('is none: %s', (text) => expect(readPercent(text)).toBeUndefined());

  it('is shown as it was typed', () => expect(percentOf(0.034)).toBe('3.4'));
});
