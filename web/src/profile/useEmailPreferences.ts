import { useQuery } from '@tanstack/react-query';
import { body, etagOf, ifMatch, outlivesPage, useApi } from '@/api/client';
import { keys } from '@/api/queries';
import type { EmailPreferences } from '@/api/types';
import { type Chosen, useChangeChoices } from './useChangeChoices';

/** Each kind of email, and whether the member gets it. */
export type Notices = Required<EmailPreferences['notices']>;

interface Preferences extends Chosen<Partial<Notices>> {
  /** The address for emails; absent if none can be delivered. `addressProblem` then says why. */
  readonly address: string | undefined;
  readonly addressProblem: string | undefined;
}

/** The member's email preferences and address. */
export function useEmailPreferences() {
  const api = useApi();
  return useQuery({
    queryKey: keys.emailPreferences,
    queryFn: async ({ signal }) => read(await api.calls.GET('/api/me/email-preferences', { signal })),
  });
}

/** Changes email preferences. */
export function useChangeEmailPreferences() {
  const api = useApi();
  return useChangeChoices<Partial<Notices>>(keys.emailPreferences, async (notices, etag) =>
    read(await api.calls.PUT('/api/me/email-preferences', { body: { notices }, params: ifMatch(etag), ...outlivesPage })),
  );
}

function read(answer: { data?: EmailPreferences; response: Response }): Preferences {
  const { notices, address, addressProblem } = body(answer);
  return { choices: notices, address, addressProblem, etag: etagOf(answer) };
}
