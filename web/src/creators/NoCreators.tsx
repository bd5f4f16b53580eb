import { useQueries } from '@tanstack/react-query';
import { SearchX } from 'lucide-react';
import { body, useApi } from '@/api/client';
import { keys } from '@/api/queries';
import { creatorsTexts } from '@/texts/creators';
import { Button } from '@/ui/Button';
import { Notice } from '@/ui/Notice';
import { type Filters, queryOf } from './filters';
import { type ActiveFilter, cleared, relaxations } from './activeFilters';
import styles from './NoCreators.module.css';
import type { FiltersProps } from './useFilters';

const said = creatorsTexts;

interface NoCreatorsProps extends FiltersProps {
  /** Moves the focus to the filter controls, because the button that was pressed disappears with the notice. */
  readonly focusElsewhere: () => void;
}

/** Shown when a search finds nobody: suggests filters to remove. */
export function NoCreators({ filters, change, focusElsewhere }: NoCreatorsProps) {
  const relaxed = useRelaxations(filters);
  const relax = (without: (filters: Filters) => Filters) => {
    focusElsewhere();
    change(without);
  };
  const clear = (
    <Button tone={relaxed?.length === 0 ? 'main' : 'plain'} onClick={() => relax(cleared)}>
      {said.clearEverything}
    </Button>
  );
  return (
    <Notice icon={SearchX} title={said.nobodyMatches} action={clear}>
      {relaxed && relaxed.length > 0 && (
        <>
          <p>{said.relax}</p>
          <ul className={styles.relaxations}>
            {relaxed.map((filter) => (
              <li key={filter.id}>
                <Button size="small" onClick={() => relax(filter.without)}>
                  <span dir="auto">{filter.label}</span>
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
      {relaxed?.length === 0 && <p>{said.relaxNone}</p>}
      {filters.q !== '' && <p>{said.nobodyMatchesWords}</p>}
    </Notice>
  );
}

const maxRelaxations = 5;

/**
 * The filters of which removing any one would find somebody. Asks the API once for each candidate, at most `maxRelaxations` times.
 *
 * @returns undefined while it is loading.
 */
function useRelaxations(filters: Filters): readonly ActiveFilter[] | undefined {
  const api = useApi();
  const candidates = relaxations(filters).slice(0, maxRelaxations);
  const queries = candidates.map((candidate) => ({ ...queryOf(candidate.without(filters)), limit: 1 }));
  const answers = useQueries({
    queries: queries.map((query) => ({
      queryKey: keys.anyCreator(query),
      queryFn: async ({ signal }: { readonly signal: AbortSignal }) => {
        const page = body(await api.calls.GET('/api/creators', { params: { query }, signal }));
        return page.value.length > 0 || page.nextLink !== undefined;
      },
      // A suggestion is not worth a retry.
      retry: false,
    })),
  });
  return answers.some((answer) => answer.isPending) ? undefined : candidates.filter((_, i) => answers[i]?.data);
}
