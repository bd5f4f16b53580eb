import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { body, useApi } from '../api/client';
import { keys, paging } from '../api/queries';
import type { CallersCard, CreatorQuery, Page } from '../api/types';

const fresh = 5 * 60_000;
const kept = 30 * 60_000;

/** The listed creators that a search finds. Those of the search before stay until the new ones are there. */
export function useCreators(query: CreatorQuery) {
  const api = useApi();
  return useInfiniteQuery({
    queryKey: keys.creators(query),
    queryFn: async ({ pageParam, signal }): Promise<Page<CallersCard>> =>
      pageParam === undefined
        ? body(await api.calls.GET('/api/creators', { params: { query }, signal }))
        : await api.follow<CallersCard>(pageParam, signal),
    ...paging,
    placeholderData: keepPreviousData,
    // What changes on the cards is told by live events; and whoever comes back from a profile finds the pages they had scrolled through.
    staleTime: fresh,
    gcTime: kept,
  });
}
