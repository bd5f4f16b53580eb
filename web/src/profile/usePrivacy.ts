import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { body, etagOf, ifMatch, useApi } from '@/api/client';
import { Problem } from '@/api/problem';
import { keys } from '@/api/queries';
import type { Privacy } from '@/api/types';
import { accountTexts } from '@/texts/account';
import { useToasts } from '@/ui/toasts';

interface Own {
  readonly privacy: Privacy;
  readonly etag: string | undefined;
}

/** What the member's contacts see of them. */
export function usePrivacy() {
  const api = useApi();
  return useQuery({
    queryKey: keys.privacy,
    queryFn: async ({ signal }): Promise<Own> => read(await api.calls.GET('/api/me/privacy', { signal })),
  });
}

/** Changes what contacts see. Shown at once, and undone with the reason if the server refuses. */
export function useChangePrivacy() {
  const api = useApi();
  const cache = useQueryClient();
  const toasts = useToasts();
  const show = (change: Partial<Privacy>, etag?: string) =>
    cache.setQueryData<Own>(keys.privacy, (now) => now && { privacy: { ...now.privacy, ...change }, etag: etag ?? now.etag });
  return useMutation({
    // One call at a time, because each needs the ETag of the previous one.
    scope: { id: 'privacy' },
    mutationFn: async (change: Partial<Privacy>) =>
      read(await api.calls.PUT('/api/me/privacy', { body: change, params: ifMatch(cache.getQueryData<Own>(keys.privacy)?.etag) })),
    onMutate: async (change): Promise<Partial<Privacy>> => {
      await cache.cancelQueries({ queryKey: keys.privacy });
      const before = cache.getQueryData<Own>(keys.privacy)?.privacy;
      show(change);
      return Object.fromEntries(Object.keys(change).map((name) => [name, before?.[name as keyof Privacy]]));
    },
    // Another change may be pending, so only the fields of this change are shown.
    onSuccess: ({ privacy, etag }, change) => {
      show(Object.fromEntries(Object.keys(change).map((name) => [name, privacy[name as keyof Privacy]])), etag);
      // What the member sees of others follows from it.
      void cache.invalidateQueries({ queryKey: keys.allPresence });
    },
    onError: (error, _change, before) => {
      const problem = Problem.from(error);
      show(before ?? {});
      toasts.refuse(accountTexts.emails.notSaved, problem.status === 412 ? accountTexts.emails.changedElsewhere : problem.detail);
      void cache.invalidateQueries({ queryKey: keys.privacy });
    },
  });
}

function read(answer: { data?: Privacy; response: Response }): Own {
  return { privacy: body(answer), etag: etagOf(answer) };
}
