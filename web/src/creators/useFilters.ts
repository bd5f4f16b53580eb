import { startTransition, useCallback, useMemo, useOptimistic } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { type Filters, readFilters, writeFilters } from './filters';

/** How a change of the filters stands in the history: what is chosen can be gone back from, what is being typed is not kept letter by letter. */
export type Step = 'chosen' | 'typed';

export type ChangeFilters = (change: (filters: Filters) => Filters, step?: Step) => void;

/** The filters, which the address bar holds: a search can be shared, and Back leads to the one before. */
export function useFilters(): readonly [Filters, ChangeFilters] {
  const [address] = useSearchParams();
  const navigate = useNavigate();
  const [filters, showAtOnce] = useOptimistic(useMemo(() => readFilters(address), [address]));
  const change = useCallback<ChangeFilters>(
    (make, step = 'chosen') => {
      // As they are by now: the page can be a moment behind its address.
      const now = readFilters(new URLSearchParams(window.location.search));
      const next = make(now);
      const search = writeFilters(next).toString();
      if (search !== writeFilters(now).toString()) {
        startTransition(() => {
          // The router takes its time; a box that is checked is checked now.
          showAtOnce(next);
          void navigate({ search }, { replace: step === 'typed' });
        });
      }
    },
    [navigate, showAtOnce],
  );
  return [filters, change];
}
