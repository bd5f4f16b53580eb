import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useApi } from '@/api/client';
import { Problem } from '@/api/problem';
import { keys } from '@/api/queries';
import type { Contact } from '@/api/types';
import { isReadable } from '@/contacts/contactChanges';
import { changeHistory } from './chatCache';
import { type History, noHistory, olderThan, withOlder } from './history';
import { mergeHistory, readBetween, readNewest, readOlder } from './readHistory';

const cacheTime = 30 * 60_000;

/** The messages of a conversation, from the newest back to the first unread one. `useOlder` reads further back. */
export function useHistory(contact: Contact) {
  const { id, unread, readSeq, lastMessage } = contact;
  const api = useApi();
  const cache = useQueryClient();
  const history = useQuery({
    queryKey: keys.messages(id),
    queryFn: async ({ signal }): Promise<History> => {
      const reach = unread > 0 ? readSeq + 1 : Infinity;
      const read = await readNewest(api, id, cache.getQueryData<History>(keys.messages(id)), reach, signal).catch((error: unknown) => {
        if (Problem.from(error).status === 404) {
          // The member may no longer see the connection, and its event was lost.
          void cache.invalidateQueries({ queryKey: keys.connection(id) });
        }

        throw error;
      });
      // Includes messages that arrived by live events meanwhile.
      return mergeHistory(cache.getQueryData<History>(keys.messages(id)), read);
    },
    enabled: isReadable(contact),
    staleTime: Infinity,
    gcTime: cacheTime,
    structuralSharing: false,
  });

  // The list of conversations can be ahead: an event arrived while this was loading, or was lost.
  const { data, isFetching, refetch } = history;
  const fetchedUpTo = useRef(0);
  const newest = lastMessage?.seq ?? 0;
  const isBehind = isReadable(contact) && data !== undefined && newest > (data.messages.at(-1)?.seq ?? 0);
  useEffect(() => {
    if (isBehind && !isFetching && fetchedUpTo.current < newest) {
      fetchedUpTo.current = newest;
      void refetch();
    }
  }, [isBehind, isFetching, newest, refetch]);
  return history;
}

/** Reads the page of messages before the known ones. */
export function useOlder(connectionId: string) {
  const api = useApi();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      const before = olderThan(cache.getQueryData<History>(keys.messages(connectionId)) ?? noHistory);
      if (before !== undefined) {
        const older = await readOlder(api, connectionId, before);
        changeHistory(cache, connectionId, (history) => withOlder(history, older, before));
      }
    },
  });
}

/** Reads the messages from a given one to the known ones, so that the log can show it without a gap. */
export function useReach(connectionId: string) {
  const api = useApi();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async (seq: number) => {
      const before = olderThan(cache.getQueryData<History>(keys.messages(connectionId)) ?? noHistory);
      if (before !== undefined && seq < before) {
        const between = await readBetween(api, connectionId, seq, before);
        changeHistory(cache, connectionId, (history) => withOlder(history, between));
      }
    },
  });
}
