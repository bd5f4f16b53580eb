import { useInfiniteQuery } from '@tanstack/react-query';
import { body, useApi } from '../api/client';
import { keys, paging } from '../api/queries';
import type { Contact, Direction, Page } from '../api/types';

/** The member's invites of one direction: the pending ones, and those answered in the last 30 days. */
export function useInvites(direction: Direction) {
  const api = useApi();
  return useInfiniteQuery({
    queryKey: keys.invites(direction),
    queryFn: async ({ pageParam, signal }): Promise<Page<Contact>> =>
      pageParam === undefined ? body(await api.calls.GET('/api/invites', { params: { query: { direction } }, signal })) : await api.follow<Contact>(pageParam, signal),
    ...paging,
  });
}
