import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { body, useApi } from '../api/client';
import { keys, paging, type Pages } from '../api/queries';
import type { Contact, Page } from '../api/types';
import { useLiveStatus } from '../live/useLiveStatus';
import { knownContact } from './contactsCache';
import { talkedAt, withNewerTalk } from './talk';

const perPage = 100;
// Where no live connection can be had, the list is still not old.
const lookAgain = 30_000;

/** Those with whom the member can talk, the most recent talk first. */
export function useConnections() {
  const api = useApi();
  const cache = useQueryClient();
  const isLive = useLiveStatus() === 'live';
  return useInfiniteQuery({
    queryKey: keys.connections,
    queryFn: async ({ pageParam, signal }): Promise<Page<Contact>> => {
      const page =
        pageParam === undefined
          ? body(await api.calls.GET('/api/connections', { params: { query: { limit: perPage } }, signal }))
          : await api.follow<Contact>(pageParam, signal);
      return { ...page, value: page.value.map((contact) => withNewerTalk(contact, knownContact(cache, contact.id))) };
    },
    ...paging,
    select: inOrderOfTalk,
    refetchInterval: isLive ? false : lookAgain,
  });
}

/** All rows in one page: each once, the most recent talk first. Pages that were read at different moments overlap, and talk goes on. */
export function inOrderOfTalk(read: Pages<Contact>): Pages<Contact> {
  const once = new Map(read.pages.flatMap((page) => page.value).map((contact) => [contact.id, contact]));
  const value = [...once.values()].sort((a, b) => talkedAt(b) - talkedAt(a));
  return { pages: [{ value }], pageParams: [undefined] };
}
