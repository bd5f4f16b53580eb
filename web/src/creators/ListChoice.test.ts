import { describe, expect, it } from 'vitest';
import { matching } from './ListChoice';

const options = ['GB United Kingdom', 'US United States', 'CI Côte d’Ivoire', 'KR South Korea'].map((line) => ({
  value: line.slice(0, 2),
  name: line.slice(3),
  count: 1,
}));
const found = (text: string) => matching(options, text).map(({ value }) => value);

describe('what one looks for in a list', () => {
  it('begins a word, case and accents ignored', () => {
    expect(found('united')).toEqual(['GB', 'US']);
    expect(found('united k')).toEqual(['GB']);
    expect(found('COTE')).toEqual(['CI']);
    expect(found('ivo')).toEqual(['CI']);
    expect(found('korea')).toEqual(['KR']);
    expect(found('orea')).toEqual([]);
  });

  it('can be a code', () => expect(found('kr')).toEqual(['KR']));

  it('is everything where one looks for nothing', () => expect(found(' ')).toHaveLength(4));
});
