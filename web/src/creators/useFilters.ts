import { startTransition, useCallback, useMemo, useOptimistic } from 'react';
import { navigate, useQueryString } from '@/ui/router';
import { type Filters, readFilters, writeFilters } from './filters';

/** How a change enters the browser's history: a chosen filter gets an entry of its own; typing replaces the current entry. */
type Step = 'chosen' | 'typed';

export type ChangeFilters = (change: (filters: Filters) => Filters, step?: Step) => void;

export interface FiltersProps {
  readonly filters: Filters;
  readonly change: ChangeFilters;
}

/** The filters, which are stored in the address: a search can be shared, and Back leads to the previous one. */
export function useFilters(): readonly [Filters, ChangeFilters] {
  const address = useQueryString();
  const [filters, showAtOnce] = useOptimistic(useMemo(() => readFilters(address), [address]));
  const change = useCallback<ChangeFilters>(
    (make, step = 'chosen') => {
      // The current address. The render can be a moment behind it.
      const now = readFilters(new URLSearchParams(window.location.search));
      const next = make(now);
      const search = writeFilters(next).toString();
      if (search !== writeFilters(now).toString()) {
        startTransition(() => {
          // Shown before the page follows the address.
          showAtOnce(next);
          navigate(search === '' ? window.location.pathname : `?${search}`, { replace: step === 'typed' });
        });
      }
    },
    [showAtOnce],
  );
  return [filters, change];
}
