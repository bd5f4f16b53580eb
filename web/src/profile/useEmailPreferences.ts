import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { body, useApi } from '@/api/client';
import { Problem } from '@/api/problem';
import { keys } from '@/api/queries';
import type { EmailPreferences } from '@/api/types';
import { useToasts } from '@/ui/toasts';

/** Each kind of email by its name, and whether the member gets it. */
export type Notices = Required<EmailPreferences['notices']>;

interface Preferences {
  readonly notices: Partial<Notices>;
  /** Where emails go; absent while they can go nowhere, for the reason that `addressProblem` names. */
  readonly address: string | undefined;
  readonly addressProblem: string | undefined;
  readonly etag: string | undefined;
}

/** Which emails the member gets, and where. */
export function useEmailPreferences() {
  const api = useApi();
  return useQuery({
    queryKey: keys.emailPreferences,
    queryFn: async ({ signal }): Promise<Preferences> => read(await api.calls.GET('/api/me/email-preferences', { signal })),
  });
}

/** Changes some of them: shown at once, and taken back with the reason when the server refuses. */
export function useChangeEmailPreferences() {
  const api = useApi();
  const cache = useQueryClient();
  const toasts = useToasts();
  return useMutation({
    // One after the other: each is sent with the ETag that the last one got.
    scope: { id: 'email-preferences' },
    mutationFn: async (change: Partial<Notices>) => {
      const etag = cache.getQueryData<Preferences>(keys.emailPreferences)?.etag;
      return read(
        await api.calls.PUT('/api/me/email-preferences', {
          body: { notices: change },
          params: etag === undefined ? {} : { header: { 'If-Match': etag } },
        }),
      );
    },
    onMutate: async (change): Promise<Partial<Notices>> => {
      await cache.cancelQueries({ queryKey: keys.emailPreferences });
      const before = cache.getQueryData<Preferences>(keys.emailPreferences)?.notices ?? {};
      show(cache, change);
      return Object.fromEntries(Object.keys(change).map((kind) => [kind, before[kind as keyof Notices]]));
    },
    // Another change may be under way: of this answer, only what was changed by it is shown.
    onSuccess: ({ notices, etag }, change) =>
      show(cache, Object.fromEntries(Object.entries(notices).filter(([kind]) => kind in change)), etag),
    onError: (error, _change, before) => {
      const problem = Problem.from(error);
      show(cache, before ?? {});
      toasts.refuse(
        'Your choice was not saved',
        problem.status === 412 ? 'It was changed elsewhere since you opened this page. Look at it again, and choose anew.' : problem.detail,
      );
      void cache.invalidateQueries({ queryKey: keys.emailPreferences });
    },
  });
}

function read(answer: { data?: EmailPreferences; response: Response }): Preferences {
  const { notices, address, addressProblem } = body(answer);
  return { notices, address, addressProblem, etag: answer.response.headers.get('ETag') ?? undefined };
}

function show(cache: QueryClient, change: Partial<Notices>, etag?: string): void {
  cache.setQueryData<Preferences>(
    keys.emailPreferences,
    (now) => now && { ...now, notices: { ...now.notices, ...change }, etag: etag ?? now.etag },
  );
}
