import { SearchX } from 'lucide-react';
import { Button } from '../ui/Button';
import { Notice } from '../ui/Notice';
import type { Filters } from './filters';
import { cleared } from './filterWords';
import styles from './NoCreators.module.css';
import type { ChangeFilters } from './useFilters';
import { useLoosened } from './useLoosened';

/** When a search finds nobody: what to leave out to find somebody. */
export function NoCreators({ filters, change }: { readonly filters: Filters; readonly change: ChangeFilters }) {
  const loosened = useLoosened(filters);
  const clear = (
    <Button tone={loosened?.length === 0 ? 'main' : 'plain'} onClick={() => change(cleared)}>
      Clear everything
    </Button>
  );
  return (
    <Notice icon={SearchX} title="Nobody matches all of this" action={clear}>
      {loosened && loosened.length > 0 && (
        <>
          <p>You find somebody if you leave out one of these:</p>
          <ul className={styles.loosened}>
            {loosened.map((filter) => (
              <li key={filter.id}>
                <Button size="small" onClick={() => change(filter.without)}>
                  <span dir="auto">{filter.words}</span>
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
      {loosened?.length === 0 && <p>Leaving out a single filter does not help; start again with fewer of them.</p>}
      {filters.q !== '' && <p>Every word must begin a word of the creator’s name, headline, tags or categories.</p>}
    </Notice>
  );
}
