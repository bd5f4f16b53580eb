import { useInfiniteQuery } from '@tanstack/react-query';
import { body, useApi } from '../api/client';
import { keys, paging } from '../api/queries';
import type { CallersCard, Page } from '../api/types';

/** The creators that the member has marked, the most recently marked first. */
export function useFavourites() {
  const api = useApi();
  return useInfiniteQuery({
    queryKey: keys.favourites,
    queryFn: async ({ pageParam, signal }): Promise<Page<CallersCard>> =>
      pageParam === undefined ? body(await api.calls.GET('/api/favourites', { signal })) : await api.follow<CallersCard>(pageParam, signal),
    ...paging,
    // What was unmarked on the page stays on it until the page is left: a glance at another window must not take it away.
    refetchOnWindowFocus: false,
  });
}
