import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query';
import { Problem } from '@/api/problem';
import { accountTexts } from '@/texts/account';
import { useToasts } from '@/ui/toasts';

/** What a member has chosen on one page of settings. */
export interface Chosen<T> {
  readonly choices: T;
  readonly etag: string | undefined;
}

/** Changes what a member has chosen, by `save`. Shown at once, and undone with the reason if the server refuses. */
export function useChangeChoices<T extends object>(
  queryKey: QueryKey,
  save: (change: Partial<T>, etag: string | undefined) => Promise<Chosen<T>>,
) {
  const cache = useQueryClient();
  const toasts = useToasts();
  const chosen = () => cache.getQueryData<Chosen<T>>(queryKey);
  const show = (change: Partial<T>, etag?: string) =>
    cache.setQueryData<Chosen<T>>(queryKey, (now) => now && { ...now, choices: { ...now.choices, ...change }, etag: etag ?? now.etag });
  // Another change may be pending, so only what this change has is shown.
  const only = (change: Partial<T>, of: T | undefined) =>
    Object.fromEntries(Object.keys(change).map((name) => [name, of?.[name as keyof T]])) as Partial<T>;
  return useMutation({
    // One call at a time, because each needs the ETag of the previous one.
    scope: { id: queryKey.join('/') },
    mutationFn: (change: Partial<T>) => save(change, chosen()?.etag),
    onMutate: async (change) => {
      await cache.cancelQueries({ queryKey });
      const before = only(change, chosen()?.choices);
      show(change);
      return before;
    },
    onSuccess: ({ choices, etag }, change) => show(only(change, choices), etag),
    onError: (error, _change, before) => {
      const problem = Problem.from(error);
      show(before ?? {});
      toasts.refuse(accountTexts.emails.notSaved, problem.status === 412 ? accountTexts.emails.changedElsewhere : problem.detail);
      void cache.invalidateQueries({ queryKey });
    },
  });
}
