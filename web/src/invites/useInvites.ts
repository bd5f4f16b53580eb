import { useInfiniteQuery } from '@tanstack/react-query';
import { body, useApi } from '@/api/client';
import { paged } from '@/api/pages';
import { keys } from '@/api/queries';
import type { Contact, Direction } from '@/api/types';

// The server's maximum. The navigation counts pending invites on the first page, and the pending page shows them first.
const perPage = 100;

/** The member's invites of one direction: the pending ones, and those that ended in the last 30 days or still lock the member. */
export function useInvites(direction: Direction) {
  const api = useApi();
  return useInfiniteQuery({
    queryKey: keys.invites(direction),
    ...paged<Contact>(api, async (signal) =>
      body(await api.calls.GET('/api/invites', { params: { query: { direction, limit: perPage } }, signal })),
    ),
  });
}

/** How many invites of a list are pending. */
export function countPending(invites: readonly Contact[]): number {
  return invites.filter((invite) => invite.state === 'pending').length;
}
