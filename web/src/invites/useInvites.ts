import { useInfiniteQuery } from '@tanstack/react-query';
import { body, useApi } from '../api/client';
import { keys, paging } from '../api/queries';
import type { Contact, Direction, Page } from '../api/types';

// As many as the server gives at once: the navigation counts those that wait, and the page shows them before all others.
const perPage = 100;

/** The member's invites of one direction: the pending ones, and those answered in the last 30 days. */
export function useInvites(direction: Direction) {
  const api = useApi();
  return useInfiniteQuery({
    queryKey: keys.invites(direction),
    queryFn: async ({ pageParam, signal }): Promise<Page<Contact>> =>
      pageParam === undefined
        ? body(await api.calls.GET('/api/invites', { params: { query: { direction, limit: perPage } }, signal }))
        : await api.follow<Contact>(pageParam, signal),
    ...paging,
  });
}
