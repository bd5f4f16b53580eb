import { useQuery, useQueryClient } from '@tanstack/react-query';
import { body, useApi } from '../api/client';
import { keys } from '../api/queries';
import type { Creator } from '../api/types';
import { shownCard } from '../connections/contactsCache';
import { useLiveEvent } from '../live/live';

/** A member's profile. Until it is read, what their card says stands in for it. */
export function useCreator(id: string) {
  const api = useApi();
  const cache = useQueryClient();
  const creator = useQuery<Creator>({
    queryKey: keys.creator(id),
    queryFn: async ({ signal }) => body(await api.calls.GET('/api/creators/{id}', { params: { path: { id } }, signal })),
    placeholderData: (): Creator | undefined => {
      const card = shownCard(cache, id);
      return card && { ...card, kind: 'creator', tags: [], listed: true };
    },
  });
  useLiveEvent((event) => {
    // An invite makes a profile visible that was not.
    if (event.type === 'connection.changed' && event.contact.other.id === id && creator.isError) {
      void creator.refetch();
    }
  });
  return creator;
}
