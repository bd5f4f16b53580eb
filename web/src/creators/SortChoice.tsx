import type { Sort } from './filters';
import styles from './SortChoice.module.css';

const orders: Readonly<Record<Sort, string>> = {
  followers: 'Most followers',
  engagement: 'Highest engagement',
  newest: 'Newest here',
};

/** In what order creators are shown. */
export function SortChoice({ sort, choose }: { readonly sort: Sort; readonly choose: (sort: Sort) => void }) {
  return (
    <label className={styles.sort}>
      <span>Sort</span>
      <select value={sort} onChange={(event) => choose(event.target.value as Sort)}>
        {Object.entries(orders).map(([value, name]) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
