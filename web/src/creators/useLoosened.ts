import { useQueries } from '@tanstack/react-query';
import { body, useApi } from '../api/client';
import { keys } from '../api/queries';
import { queryOf, type Filters } from './filters';
import { loosenings, type ActiveFilter } from './filterWords';

const mostAsked = 5;

/**
 * Which single filter, left out, would let the search find somebody. Asks the API once for each filter in use, five at most.
 *
 * @returns undefined while that is not known.
 */
export function useLoosened(filters: Filters): readonly ActiveFilter[] | undefined {
  const api = useApi();
  const candidates = loosenings(filters).slice(0, mostAsked);
  const queries = candidates.map((candidate) => ({ ...queryOf(candidate.without(filters)), limit: 1 }));
  const answers = useQueries({
    queries: queries.map((query) => ({
      queryKey: keys.anyCreator(query),
      queryFn: async ({ signal }: { readonly signal: AbortSignal }) => {
        const page = body(await api.calls.GET('/api/creators', { params: { query }, signal }));
        return page.value.length > 0 || page.nextLink !== undefined;
      },
      // A suggestion is not worth a second call.
      retry: false,
    })),
  });
  return answers.some((answer) => answer.isPending) ? undefined : candidates.filter((_, i) => answers[i]?.data);
}
