import { useMutation, useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import { body, etagOf, ifMatch, useApi } from '@/api/client';
import { keys } from '@/api/queries';
import { serverNow } from '@/api/serverTime';
import type { OwnSuspension, Profile, ProfileChange } from '@/api/types';

/** The member's own profile and its ETag. */
export interface OwnProfile {
  readonly profile: Profile;
  readonly etag: string | undefined;
}

/** Reads the member's own profile. The server creates it on the first read. */
export function useOwnProfile(): UseQueryResult<OwnProfile> {
  const api = useApi();
  return useQuery({
    queryKey: keys.me,
    queryFn: async ({ signal }) => {
      const answer = await api.calls.GET('/api/me', { signal });
      return { profile: body(answer), etag: etagOf(answer) };
    },
    staleTime: 5 * 60_000,
    // A suspended member has no live connection that could tell of its end.
    refetchInterval: ({ state }) => (state.data?.profile.suspension ? untilLookingAgain(state.data.profile.suspension) : false),
  });
}

const lookAgainAfter = 10_000;

/** When to see whether a suspension has ended: right after its end, and before that from time to time, because it can be lifted. */
function untilLookingAgain({ until }: OwnSuspension): number {
  const left = until === undefined ? lookAgainAfter : Date.parse(until) - serverNow();
  return Math.min(Math.max(left, 0) + 1_000, lookAgainAfter);
}

const MeContext = createContext<Profile | undefined>(undefined);
export const MeProvider = MeContext.Provider;

/** The member who is signed in. Only for components below `MemberGate`, which loads the profile. */
export function useMe(): Profile {
  const me = useContext(MeContext);
  if (!me) {
    throw new Error('useMe is for components inside MemberGate.');
  }

  return me;
}

/** Whether a member may open the moderators' desk. */
export function isModerator({ roles }: Profile): boolean {
  return roles !== undefined && roles.length > 0;
}

/** Replaces the member's own profile, unless it was changed elsewhere since it was read. */
export function useSaveProfile() {
  const api = useApi();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async ({ change, etag }: { readonly change: ProfileChange; readonly etag?: string | undefined }): Promise<OwnProfile> => {
      const answer = await api.calls.PUT('/api/me', { body: change, params: ifMatch(etag) });
      return { profile: body(answer), etag: etagOf(answer) };
    },
    onSuccess: (saved) => {
      cache.setQueryData(keys.me, saved);
      // The lists of creators contain the member's own card.
      for (const queryKey of [keys.creator(saved.profile.id), keys.allCreators]) {
        void cache.invalidateQueries({ queryKey });
      }
    },
  });
}
