import type { Facets } from '@/api/types';

/** How many creators a search finds, as far as it is known. */
export interface ResultCount {
  readonly kind: 'exactly' | 'about' | 'moreThan';
  readonly of: number;
}

const kinds = { exact: 'exactly', about: 'about', over: 'moreThan' } as const;

/** All of them when the last page is loaded, as many as the API counted, and otherwise more than are loaded. */
export function resultCount(loaded: number, hasMore: boolean, total: Facets['total']): ResultCount {
  // Since the count, more may have come.
  return hasMore && total !== undefined && total.count > loaded
    ? { kind: kinds[total.precision], of: total.count }
    : { kind: hasMore ? 'moreThan' : 'exactly', of: loaded };
}
