import { useQuery } from '@tanstack/react-query';
import { body, useApi } from '@/api/client';
import { keys } from '@/api/queries';
import type { Facets } from '@/api/types';
import { categories, categoryName, countryName, languageName, platformName, platformNames } from '@/members/names';
import type { ListFilter } from './filters';

/** A value to filter by. */
export interface Option {
  readonly value: string;
  readonly name: string;
  /** How many creators have it. */
  readonly count: number;
}

const anHour = 60 * 60_000;

/** The values to filter by, with the number of creators for each. */
export function useFacets(enabled = true) {
  const api = useApi();
  return useQuery({
    queryKey: keys.facets,
    enabled,
    queryFn: async ({ signal }) => optionsOf(body(await api.calls.GET('/api/creators/facets', { signal }))),
    // The server counts once an hour.
    staleTime: anHour,
    gcTime: anHour,
  });
}

const valueNames: Readonly<Record<ListFilter, (value: never) => string>> = {
  category: categoryName,
  platform: platformName,
  country: countryName,
  language: languageName,
};

/** The name of a filter's value. */
export function valueName(filter: ListFilter, value: string): string {
  return valueNames[filter](value as never);
}

/** The options of each filter: values that at least one creator has and that the address supports. */
function optionsOf(facets: Facets): Readonly<Record<ListFilter, readonly Option[]>> {
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
