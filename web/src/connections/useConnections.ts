import { useInfiniteQuery } from '@tanstack/react-query';
import { body, useApi } from '../api/client';
import { keys, paging } from '../api/queries';
import type { Contact, Page } from '../api/types';

const perPage = 100;

/** Those with whom the member can talk, the most recent talk first. */
export function useConnections() {
  const api = useApi();
  return useInfiniteQuery({
    queryKey: keys.connections,
    queryFn: async ({ pageParam, signal }): Promise<Page<Contact>> =>
      pageParam === undefined ? body(await api.calls.GET('/api/connections', { params: { query: { limit: perPage } }, signal })) : await api.follow<Contact>(pageParam, signal),
    ...paging,
  });
}
