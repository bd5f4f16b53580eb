import { useQuery } from '@tanstack/react-query';
import { body, useApi } from '@/api/client';
import { keys } from '@/api/queries';
import type { Facets } from '@/api/types';
import { categories, categoryName, countryName, languageName, platformName, platformNames } from '@/members/names';
import type { ListFilter } from './filters';

/** A value that creators can be filtered by. */
export interface Option {
  readonly value: string;
  readonly name: string;
  /** How many creators have it. */
  readonly count: number;
}

const anHour = 60 * 60_000;

/** What creators can be filtered by, with how many there are of each. */
export function useFacets() {
  const api = useApi();
  return useQuery({
    queryKey: keys.facets,
    queryFn: async ({ signal }) => optionsOf(body(await api.calls.GET('/api/creators/facets', { signal }))),
    // Counted once an hour.
    staleTime: anHour,
    gcTime: anHour,
  });
}

/** The words of a filter's value. */
export const valueNames: Readonly<Record<ListFilter, (value: never) => string>> = {
  category: categoryName,
  platform: platformName,
  country: countryName,
  language: languageName,
};

/** What a value of a list is called. */
export function valueName(filter: ListFilter, value: string): string {
  return valueNames[filter](value as never);
}

/** The options of each filter: those that somebody has, and that an address can hold. */
export function optionsOf(facets: Facets): Readonly<Record<ListFilter, readonly Option[]>> {
  const options = (filter: ListFilter, counts: readonly { readonly value: string; readonly count: number }[], known?: readonly string[]) =>
    counts
      .filter(({ value, count }) => count > 0 && (known === undefined || known.includes(value)))
      .map((option) => ({ ...option, name: valueName(filter, option.value) }));
  return {
    category: options('category', facets.categories, categories),
    platform: options('platform', facets.platforms, platformNames),
    country: options('country', facets.countries),
    language: options('language', facets.languages),
  };
}
