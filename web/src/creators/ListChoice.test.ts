import { describe, expect, it } from 'vitest';
import { matching } from './ListChoice';

const options = ['GB United Kingdom', 'US United States', 'CI Côte d’Ivoire', 'KR South Korea'].map((line) => ({
  value: line.slice(0, 2),
  name: line.slice(3),
  count: 1,
}));
const found = (text: string) => matching(options, text).map(({ value }) => value);

describe('a search among options', () => {
  it('matches the beginning of a word, regardless of case and accents', () => {
    expect(found('united')).toEqual(['GB', 'US']);
    expect(found('united k')).toEqual(['GB']);
    expect(found('COTE')).toEqual(['CI']);
    expect(found('ivo')).toEqual(['CI']);
    expect(found('korea')).toEqual(['KR']);
    expect(found('orea')).toEqual([]);
  });

  it('matches a code', () => expect(found('kr')).toEqual(['KR']));

  it('matches everything if it is empty', () => expect(found(' ')).toHaveLength(4));
});
