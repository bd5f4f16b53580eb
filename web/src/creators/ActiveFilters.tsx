import { X } from 'lucide-react';
import { useRef } from 'react';
import { PlatformMark } from '@/members/PlatformMark';
import { texts } from '@/texts/texts';
import { Button } from '@/ui/Button';
import styles from './ActiveFilters.module.css';
import { type ActiveFilter, activeFilters, cleared } from './activeFilters';
import type { FiltersProps } from './useFilters';

const said = texts.creators;

interface ActiveFiltersProps extends FiltersProps {
  /** Moves the focus to the filter controls when the last filter is removed. */
  readonly focusElsewhere: () => void;
}

/** The filters in use, each with a button that removes it. */
export function ActiveFilters({ filters, change, focusElsewhere }: ActiveFiltersProps) {
  const list = useRef<HTMLUListElement>(null);
  const active = activeFilters(filters);
  if (active.length === 0) {
    return null;
  }

  const remove = (filter: ActiveFilter, index: number) => {
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])];
    // The focus moves to the next filter, or to the one before.
    const next = active.length === 1 ? undefined : (buttons[index + 1] ?? buttons[index - 1]);
    (next ? () => next.focus() : focusElsewhere)();
    change(filter.without);
  };
  return (
    <div className={styles.active}>
      <ul ref={list} className={styles.list} aria-label={said.filtersInUse}>
        {active.map((filter, index) => (
          <li key={filter.id}>
            <button
              type="button"
              className={styles.filter}
              aria-label={said.removeFilter(filter.label)}
              onClick={() => remove(filter, index)}
            >
              {filter.platform !== undefined && <PlatformMark platform={filter.platform} small />}
              <span>{filter.label}</span>
              <X size={16} aria-hidden="true" />
            </button>
          </li>
        ))}
      </ul>
      {active.length > 1 && (
        <Button
          tone="quiet"
          size="small"
          onClick={() => {
            focusElsewhere();
            change((now) => ({ ...cleared(now), q: now.q }));
          }}
        >
          {said.clearFilters}
        </Button>
      )}
    </div>
  );
}
