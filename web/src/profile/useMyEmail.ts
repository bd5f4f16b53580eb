import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { body, useApi } from '@/api/client';
import { keys } from '@/api/queries';
import { accountTexts } from '@/texts/account';
import { useToasts } from '@/ui/toasts';

/** The address that the member's emails go to, and what waits to be confirmed. */
export function useMyEmail() {
  const api = useApi();
  return useQuery({
    queryKey: keys.myEmail,
    queryFn: async ({ signal }) => body(await api.calls.GET('/api/me/email', { signal })),
    // The member confirms in their mail program, and comes back.
    refetchOnWindowFocus: 'always',
  });
}

/** Asks for an address. The service emails a link to it; the member's own confirmed address withdraws what waits. */
export function useAskForEmail() {
  const api = useApi();
  const cache = useQueryClient();
  const toasts = useToasts();
  return useMutation({
    mutationFn: async (email: string) => body(await api.calls.PUT('/api/me/email', { body: { email } })),
    onSuccess: (answer) => {
      cache.setQueryData(keys.myEmail, answer);
      if (answer.pending) {
        toasts.done(accountTexts.address.sent(answer.pending.address), accountTexts.address.sentNext);
      } else {
        toasts.done(accountTexts.address.withdrawn);
      }
    },
  });
}
