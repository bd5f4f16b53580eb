import { useQuery, useQueryClient } from '@tanstack/react-query';
import { body, useApi } from '../api/client';
import { keys } from '../api/queries';
import type { Creator } from '../api/types';
import { shownCard } from '../connections/contactsCache';

/** A member's profile. Until it is read, what their card says stands in for it. */
export function useCreator(id: string) {
  const api = useApi();
  const cache = useQueryClient();
  return useQuery<Creator>({
    queryKey: keys.creator(id),
    queryFn: async ({ signal }) => body(await api.calls.GET('/api/creators/{id}', { params: { path: { id } }, signal })),
    placeholderData: (): Creator | undefined => {
      const card = shownCard(cache, id);
      return card && { ...card, kind: 'creator', tags: [], listed: true };
    },
  });
}
