import { Disclosure } from '../ui/Disclosure';
import { EngagementChoice } from './EngagementChoice';
import styles from './FilterBar.module.css';
import { listFilters, type Filters } from './filters';
import { chosenIn, filterNames } from './filterWords';
import { FollowersChoice } from './FollowersChoice';
import { ListChoice } from './ListChoice';
import type { ChangeFilters } from './useFilters';

/** The filters beside each other, each behind its button, where there is room. */
export function FilterBar({ filters, change }: { readonly filters: Filters; readonly change: ChangeFilters }) {
  return (
    <div className={styles.bar} role="group" aria-label="Filters">
      {listFilters.map((name) => (
        <Disclosure key={name} label={filterNames[name]} chosen={chosenIn(filters, name)}>
          <ListChoice name={name} filters={filters} change={change} />
        </Disclosure>
      ))}
      <Disclosure label={filterNames.followers} chosen={chosenIn(filters, 'followers')}>
        <FollowersChoice filters={filters} change={change} />
      </Disclosure>
      <Disclosure label={filterNames.engagement} chosen={chosenIn(filters, 'engagement')}>
        <EngagementChoice filters={filters} change={change} />
      </Disclosure>
    </div>
  );
}
