import { useQuery, useQueryClient } from '@tanstack/react-query';
import { body, etagOf, ifMatch, outlivesPage, useApi } from '@/api/client';
import { keys } from '@/api/queries';
import type { Privacy } from '@/api/types';
import { type Chosen, useChangeChoices } from './useChangeChoices';

/** What the member's contacts see of them. */
export function usePrivacy() {
  const api = useApi();
  return useQuery({
    queryKey: keys.privacy,
    queryFn: async ({ signal }) => read(await api.calls.GET('/api/me/privacy', { signal })),
  });
}

/** Changes what contacts see. */
export function useChangePrivacy() {
  const api = useApi();
  const cache = useQueryClient();
  return useChangeChoices<Privacy>(keys.privacy, async (change, etag) => {
    const saved = read(await api.calls.PUT('/api/me/privacy', { body: change, params: ifMatch(etag), ...outlivesPage }));
    // What the member sees of others follows from it.
    void cache.invalidateQueries({ queryKey: keys.allPresence });
    return saved;
  });
}

function read(answer: { data?: Privacy; response: Response }): Chosen<Privacy> {
  return { choices: body(answer), etag: etagOf(answer) };
}
