import { SearchX } from 'lucide-react';
import { Button } from '../ui/Button';
import { Notice } from '../ui/Notice';
import type { Filters } from './filters';
import { cleared } from './filterWords';
import styles from './NoCreators.module.css';
import type { ChangeFilters } from './useFilters';
import { useLoosened } from './useLoosened';

interface NoCreatorsProps {
  readonly filters: Filters;
  readonly change: ChangeFilters;
  /** Puts the focus where one can go on: what was pressed here is gone when somebody is found. */
  readonly focusElsewhere: () => void;
}

/** When a search finds nobody: what to leave out to find somebody. */
export function NoCreators({ filters, change, focusElsewhere }: NoCreatorsProps) {
  const loosened = useLoosened(filters);
  const loosen = (without: (filters: Filters) => Filters) => {
    focusElsewhere();
    change(without);
  };
  const clear = (
    <Button tone={loosened?.length === 0 ? 'main' : 'plain'} onClick={() => loosen(cleared)}>
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
                <Button size="small" onClick={() => loosen(filter.without)}>
                  <span dir="auto">{filter.words}</span>
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
      {loosened?.length === 0 && <p>Leaving out one thing alone does not help: start again with less.</p>}
      {filters.q !== '' && <p>Every word must begin a word of the creator’s name, headline, tags or categories.</p>}
    </Notice>
  );
}
