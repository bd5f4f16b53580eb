import { keepPreviousData, type QueryClient, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { type Api, body, useApi } from '@/api/client';
import { paged, type Pages, rows } from '@/api/pages';
import { keys } from '@/api/queries';
import type { Contact, InboxPart } from '@/api/types';
import { lastActivityAt, mergeContact } from './contactChanges';
import { cachedContact } from './contactsCache';

const perPage = 100;

function connectionsQuery(api: Api, cache: QueryClient, which: { readonly state?: 'ended'; readonly show?: InboxPart } = {}) {
  const pages = paged<Contact>(api, async (signal) =>
    body(await api.calls.GET('/api/connections', { params: { query: { limit: perPage, ...which } }, signal })),
  );
  return {
    queryKey: which.state ? keys.ended : which.show ? keys.inbox(which.show) : keys.connections,
    ...pages,
    queryFn: async (context: Parameters<typeof pages.queryFn>[0]) => {
      const page = await pages.queryFn(context);
      return { ...page, value: page.value.map((contact) => mergeContact(contact, cachedContact(cache, contact.id))) };
    },
  };
}

/** The member's connections, the latest activity first. */
export function useConnections() {
  return useInfiniteQuery({ ...connectionsQuery(useApi(), useQueryClient()), select: byLatestActivity });
}

/**
 * How many messages are unread in all connections: those of the connections that were read, and where these are not all, what the server
 * counts. It counts again whenever the known number changes, because that changes the total too.
 */
export function useUnreadTotal(known: number, isComplete: boolean): number {
  const api = useApi();
  const total = useQuery({
    queryKey: [...keys.unread, known],
    enabled: !isComplete,
    queryFn: async ({ signal }) => body(await api.calls.GET('/api/connections/unread', { signal })).unread,
    staleTime: 0,
    placeholderData: keepPreviousData,
  });
  return isComplete ? known : Math.max(known, total.data ?? known);
}

/** The member's connections that have ended, the latest end first. Read once the live ones are, because they are shown after them. */
export function useEnded(enabled: boolean) {
  return useInfiniteQuery({ ...connectionsQuery(useApi(), useQueryClient(), { state: 'ended' }), enabled });
}

/** A part of the member's connections, for what is not among those that were read. */
export function useInboxPart(show: InboxPart, enabled: boolean) {
  return useInfiniteQuery({ ...connectionsQuery(useApi(), useQueryClient(), { show }), enabled });
}

/** Begins to read the connections, before they can be shown. */
export function readConnections(cache: QueryClient, api: Api): void {
  // The page reports a failure when it is shown.
  cache.infiniteQuery(connectionsQuery(api, cache)).catch(() => undefined);
}

/** All rows as one page, each once. Pages read at different times can overlap, and new messages change the order. */
function byLatestActivity(read: Pages<Contact>): Pages<Contact> {
  const unique = new Map(rows(read).map((contact) => [contact.id, contact]));
  const value = [...unique.values()].sort((a, b) => lastActivityAt(b) - lastActivityAt(a));
  return { pages: [{ value }], pageParams: [undefined] };
}

/** One connection in any state, unless the id is undefined. Available at once if it is in a list that was read. */
export function useContact(connectionId: string | undefined) {
  const api = useApi();
  const cache = useQueryClient();
  const id = connectionId ?? '';
  return useQuery({
    queryKey: keys.connection(id),
    enabled: connectionId !== undefined,
    queryFn: async ({ signal }): Promise<Contact> => {
      const contact = body(await api.calls.GET('/api/connections/{id}', { params: { path: { id } }, signal }));
      return mergeContact(contact, cachedContact(cache, id));
    },
    initialData: () => cachedContact(cache, id),
    initialDataUpdatedAt: () => cache.getQueryState(keys.connections)?.dataUpdatedAt,
  });
}
