import type { QueryClient, QueryKey } from '@tanstack/react-query';

/**
 * Keeps what is shown from being overwritten, while an action is under way, by answers that the server gave before it: reads of
 * the same are broken off now. Call what is returned when the action is done: what was broken off, and what began meanwhile, is read again.
 */
export function pauseReads(cache: QueryClient, queryKeys: readonly QueryKey[]): () => void {
  const reading = () => queryKeys.flatMap((queryKey) => cache.getQueryCache().findAll({ queryKey, fetchStatus: 'fetching' }));
  // A first read has nothing to go back to; it goes on, and is read again afterwards.
  const broken = reading().filter((query) => query.state.data !== undefined);
  for (const query of broken) {
    void query.cancel({ revert: true, silent: true });
  }

  return () => {
    for (const query of new Set([...broken, ...reading()])) {
      // A first read cannot be begun anew before it has ended.
      const ended = query.state.data === undefined ? query.promise?.catch(() => undefined) : undefined;
      void Promise.resolve(ended).then(() => cache.invalidateQueries({ predicate: ({ queryHash }) => queryHash === query.queryHash }));
    }
  };
}
