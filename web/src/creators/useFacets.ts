import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { body, useApi } from '@/api/client';
import { keys } from '@/api/queries';
import type { Facets } from '@/api/types';
import { categories, categoryName, countryName, languageName, platformName, platformNames } from '@/members/names';
import { collaborationName, collaborations, formatName, formats } from '@/members/terms';
import { type Filters, type ListFilter, noFilters, queryOf } from './filters';

/** A value to filter by. */
export interface Option {
  readonly value: string;
  readonly name: string;
  /** How many creators the filters find with it; undefined while that is unknown, or where there are too many to count. */
  readonly count: number | undefined;
}

const anHour = 60 * 60_000;
const aMinute = 60_000;

/** What the API counts for filters: how many creators they find, and with each value. Without filters, of all creators. */
export function useFacets(filters: Filters, enabled = true) {
  const api = useApi();
  const query = queryOf({ ...filters, sort: noFilters.sort });
  const isAll = Object.keys(query).length === 0;
  return useQuery({
    queryKey: keys.facets(query),
    enabled,
    queryFn: async ({ signal }) => body(await api.calls.GET('/api/creators/facets', { params: { query }, signal })),
    // The server counts all creators once an hour.
    staleTime: isAll ? anHour : aMinute,
    gcTime: anHour,
    // Numbers that come and go would flicker.
    placeholderData: keepPreviousData,
    // Without counts for filters, the list of values still has those of before.
    ...(!isAll && { retry: false }),
  });
}

const valueNames: Readonly<Record<ListFilter, (value: never) => string>> = {
  category: categoryName,
  platform: platformName,
  country: countryName,
  language: languageName,
  openTo: collaborationName,
  format: formatName,
};

/** The name of a filter's value. */
export function valueName(filter: ListFilter, value: string): string {
  return valueNames[filter](value as never);
}

const lists = {
  category: 'categories',
  platform: 'platforms',
  country: 'countries',
  language: 'languages',
  openTo: 'openTo',
  format: 'formats',
} as const;
const known: Partial<Record<ListFilter, readonly string[]>> = {
  category: categories,
  platform: platformNames,
  openTo: collaborations,
  format: formats,
};

/**
 * The options of a filter: values that at least one creator has and that the address supports. They keep their order, whatever the filters
 * find.
 */
export function optionsOf(name: ListFilter, all: Facets, filtered: Facets | undefined): readonly Option[] {
  const counted = filtered?.[lists[name]];
  // The values of a list that can be counted all have a count, and one that is absent has none.
  const isCounted = counted?.every(({ count }) => count !== undefined);
  return (all[lists[name]] ?? [])
    .filter(({ value, count }) => count && (known[name]?.includes(value) ?? true))
    .map(({ value }) => ({
      value,
      name: valueName(name, value),
      count: isCounted ? (counted?.find((one) => one.value === value)?.count ?? 0) : undefined,
    }));
}
