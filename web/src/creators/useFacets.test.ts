import { expect, it } from 'vitest';
import type { Facets } from '@/api/types';
import type { ListFilter } from './filters';
import { optionsOf } from './useFacets';

const all: Facets = {
  countedAt: '2026-11-22T09:30:00.000Z',
  categories: [
    { value: 'travel', count: 31 },
    { value: 'beauty', count: 30 },
    { value: 'art', count: 0 },
  ],
  platforms: [{ value: 'instagram', count: 40 }],
  countries: [
    { value: 'GB', count: 12 },
    { value: 'NO', count: 3 },
  ],
  languages: [],
  formats: [
    { value: 'live', count: 3 },
    { value: 'story', count: 2 },
  ],
};
const counts = (name: ListFilter, filtered: Facets | undefined) => optionsOf(name, all, filtered).map(({ value, count }) => [value, count]);

it('keeps the order of all creators, and counts what the filters find', () => {
  const filtered: Facets = {
    ...all,
    categories: [
      { value: 'beauty', count: 5 },
      { value: 'travel', count: 2 },
      { value: 'art', count: 0 },
    ],
    countries: [{ value: 'NO', count: 1 }],
  };
  expect(counts('category', filtered)).toEqual([
    ['travel', 2],
    ['beauty', 5],
  ]);
  expect(counts('country', filtered)).toEqual([
    ['GB', 0],
    ['NO', 1],
  ]);
});

it('has nothing of a list that an older service does not count', () => {
  expect(counts('format', { ...all, formats: [{ value: 'story', count: 1 }] })).toEqual([
    ['live', 0],
    ['story', 1],
  ]);
  expect(counts('openTo', all)).toEqual([]);
});

it('has no counts while they are unknown, and where there are too many creators', () => {
  const unknown = [
    ['GB', undefined],
    ['NO', undefined],
  ];
  expect(counts('country', undefined)).toEqual(unknown);
  expect(counts('country', { ...all, countries: [{ value: 'NO' }, { value: 'GB' }] })).toEqual(unknown);
});
