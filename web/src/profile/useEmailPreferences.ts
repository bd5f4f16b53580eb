import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { body, etagOf, ifMatch, useApi } from '@/api/client';
import { Problem } from '@/api/problem';
import { keys } from '@/api/queries';
import type { EmailPreferences } from '@/api/types';
import { accountTexts } from '@/texts/account';
import { useToasts } from '@/ui/toasts';

/** Each kind of email, and whether the member gets it. */
export type Notices = Required<EmailPreferences['notices']>;

interface Preferences {
  readonly notices: Partial<Notices>;
  /** The address for emails; absent if none can be delivered. `addressProblem` then says why. */
  readonly address: string | undefined;
  readonly addressProblem: string | undefined;
  readonly etag: string | undefined;
}

/** The member's email preferences and address. */
export function useEmailPreferences() {
  const api = useApi();
  return useQuery({
    queryKey: keys.emailPreferences,
    queryFn: async ({ signal }): Promise<Preferences> => read(await api.calls.GET('/api/me/email-preferences', { signal })),
  });
}

/** Changes email preferences. Shown at once, and undone with the reason if the server refuses. */
export function useChangeEmailPreferences() {
  const api = useApi();
  const cache = useQueryClient();
  const toasts = useToasts();
  return useMutation({
    // One call at a time, because each needs the ETag of the previous one.
    scope: { id: 'email-preferences' },
    mutationFn: async (change: Partial<Notices>) => {
      const etag = cache.getQueryData<Preferences>(keys.emailPreferences)?.etag;
      return read(
        await api.calls.PUT('/api/me/email-preferences', {
          body: { notices: change },
          params: ifMatch(etag),
        }),
      );
    },
    onMutate: async (change): Promise<Partial<Notices>> => {
      await cache.cancelQueries({ queryKey: keys.emailPreferences });
      const before = cache.getQueryData<Preferences>(keys.emailPreferences)?.notices ?? {};
      show(cache, change);
      return Object.fromEntries(Object.keys(change).map((kind) => [kind, before[kind as keyof Notices]]));
    },
    // Another change may be pending, so only the fields of this change are shown.
    onSuccess: ({ notices, etag }, change) =>
      show(cache, Object.fromEntries(Object.entries(notices).filter(([kind]) => kind in change)), etag),
    onError: (error, _change, before) => {
      const problem = Problem.from(error);
      show(cache, before ?? {});
      toasts.refuse(accountTexts.emails.notSaved, problem.status === 412 ? accountTexts.emails.changedElsewhere : problem.detail);
      void cache.invalidateQueries({ queryKey: keys.emailPreferences });
    },
  });
}

function read(answer: { data?: EmailPreferences; response: Response }): Preferences {
  const { notices, address, addressProblem } = body(answer);
  return { notices, address, addressProblem, etag: etagOf(answer) };
}

function show(cache: QueryClient, change: Partial<Notices>, etag?: string): void {
  cache.setQueryData<Preferences>(
    keys.emailPreferences,
    (now) => now && { ...now, notices: { ...now.notices, ...change }, etag: etag ?? now.etag },
  );
}
