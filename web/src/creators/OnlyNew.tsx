import { texts } from '@/texts/texts';
import styles from './OnlyNew.module.css';
import type { FiltersProps } from './useFilters';

/** Leaves out the creators with whom the member has something in common already. */
export function OnlyNew({ filters, change }: FiltersProps) {
  return (
    <label className={styles.choice}>
      <input
        type="checkbox"
        checked={filters.relation !== undefined}
        onChange={({ target }) => change((now) => ({ ...now, relation: target.checked ? 'none' : undefined }))}
      />
      <span>{texts.creators.hideKnown}</span>
    </label>
  );
}
