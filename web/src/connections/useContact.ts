import { useQuery, useQueryClient } from '@tanstack/react-query';
import { body, useApi } from '../api/client';
import { keys } from '../api/queries';
import type { Contact } from '../api/types';
import { knownContact } from './contactsCache';
import { withNewerTalk } from './talk';

/** One connection, whatever state it is in; at once where it is among the connections that were read. */
export function useContact(connectionId: string) {
  const api = useApi();
  const cache = useQueryClient();
  return useQuery({
    queryKey: keys.connection(connectionId),
    queryFn: async ({ signal }): Promise<Contact> => {
      const contact = body(await api.calls.GET('/api/connections/{id}', { params: { path: { id: connectionId } }, signal }));
      return withNewerTalk(contact, knownContact(cache, connectionId));
    },
    initialData: () => knownContact(cache, connectionId),
    initialDataUpdatedAt: () => cache.getQueryState(keys.connections)?.dataUpdatedAt,
  });
}
