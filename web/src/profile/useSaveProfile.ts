import { useMutation, useQueryClient } from '@tanstack/react-query';
import { body, useApi } from '../api/client';
import { keys } from '../api/queries';
import type { ProfileChange } from '../api/types';
import type { OwnProfile } from '../members/useMe';

/** Replaces the member's own profile, unless it was changed elsewhere since it was read. */
export function useSaveProfile() {
  const api = useApi();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async ({ change, etag }: { readonly change: ProfileChange; readonly etag?: string | undefined }): Promise<OwnProfile> => {
      const answer = await api.calls.PUT('/api/me', { body: change, params: etag === undefined ? {} : { header: { 'If-Match': etag } } });
      return { profile: body(answer), etag: answer.response.headers.get('ETag') ?? undefined };
    },
    onSuccess: (saved) => {
      cache.setQueryData(keys.me, saved);
      // Their own card is among the others.
      for (const queryKey of [keys.creator(saved.profile.id), keys.allCreators]) {
        void cache.invalidateQueries({ queryKey });
      }
    },
  });
}
