import { activeFilters } from './activeFilters';
import { type Filters, listFilters } from './filters';
import type { Option } from './useFacets';

/** The one list value that a search filters by and nothing else: its creators are counted once an hour. */
export function onlyValue(filters: Filters): { readonly name: (typeof listFilters)[number]; readonly value: string } | undefined {
  const [name, ...others] = listFilters.filter((list) => filters[list].length > 0);
  const [value] = name === undefined ? [] : filters[name];
  return name === undefined || value === undefined || others.length > 0 || filters.q !== '' || activeFilters(filters).length > 1
    ? undefined
    : { name, value };
}

/** How many creators a search finds, as far as it is known. */
export interface ResultCount {
  readonly kind: 'exactly' | 'about' | 'moreThan';
  readonly of: number;
}

/** All of them when the last page is loaded, about as many as were counted for a single filter, and otherwise more than are loaded. */
export function resultCount(loaded: number, hasMore: boolean, counted: Option | undefined): ResultCount {
  return !hasMore
    ? { kind: 'exactly', of: loaded }
    : counted !== undefined && counted.count > loaded
      ? { kind: 'about', of: counted.count }
      : { kind: 'moreThan', of: loaded };
}
