import { UserSearch } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { Problem } from '../api/problem';
import { rows } from '../api/queries';
import { LoadMore } from '../ui/LoadMore';
import { Notice } from '../ui/Notice';
import { Page } from '../ui/Page';
import { ProblemNotice } from '../ui/ProblemNotice';
import { useWide } from '../ui/useWide';
import { ActiveFilters } from './ActiveFilters';
import { CreatorGrid, GridSkeleton } from './CreatorGrid';
import styles from './ExplorePage.module.css';
import { FilterBar } from './FilterBar';
import { noFilters, queryOf, writeFilters } from './filters';
import { FilterSheet } from './FilterSheet';
import { Found } from './Found';
import { NoCreators } from './NoCreators';
import { SearchBox } from './SearchBox';
import { SortChoice } from './SortChoice';
import { useCreators } from './useCreators';
import { useFilters } from './useFilters';
import { withoutRefused } from './withoutRefused';

/** Where a member finds creators: a search box, filters, and what they find as cards. */
export function ExplorePage() {
  const [filters, change] = useFilters();
  const wide = useWide();
  const controls = useRef<HTMLDivElement>(null);
  const focusControls = () => controls.current?.querySelector('button')?.focus();
  const found = useCreators(queryOf(filters));
  const refused = found.error ? Problem.from(found.error).errors : undefined;
  useEffect(() => {
    // What the service does not know, such as a country that is none, came with the address. It is left out as if it were malformed.
    if (refused) {
      change((now) => withoutRefused(now, refused), 'typed');
    }
  }, [refused, change]);
  const cards = rows(found.data);
  // A page can be short and still lead on.
  const none = found.data && cards.length === 0 && !found.hasNextPage;
  const asked = writeFilters({ ...filters, sort: noFilters.sort }).size > 0;
  const sort = (
    <div className={styles.sort}>
      <SortChoice sort={filters.sort} choose={(order) => change((now) => ({ ...now, sort: order }))} />
    </div>
  );
  return (
    <Page title="Explore" intro="Find creators, invite them with the +, and talk. It needs no campaign." width="wide">
      <div className={styles.controls}>
        <div className={styles.search}>
          <SearchBox
            text={filters.q}
            search={(q) => change((now) => ({ ...now, q }), 'typed')}
            error={refused?.q && `Your search: ${refused.q.join(' ')}`}
          />
        </div>
        {wide && sort}
        <div ref={controls} className={styles.filters}>
          {wide ? <FilterBar filters={filters} change={change} /> : <FilterSheet filters={filters} change={change} />}
        </div>
        {!wide && sort}
        <div className={styles.active}>
          <ActiveFilters filters={filters} change={change} focusElsewhere={focusControls} />
        </div>
      </div>
      {found.isPending && <GridSkeleton />}
      {found.isError && !found.data && refused?.q === undefined && <ProblemNotice error={found.error} retry={() => void found.refetch()} />}
      {cards.length > 0 && <CreatorGrid label="Creators" cards={cards} old={found.isPlaceholderData} />}
      {none &&
        (asked ? (
          <NoCreators filters={filters} change={change} focusElsewhere={focusControls} />
        ) : (
          <Notice icon={UserSearch} title="No creators yet">
            <p>Nobody has a listed profile so far. Come back soon.</p>
          </Notice>
        ))}
      <Found count={cards.length} more={found.hasNextPage} old={found.isPlaceholderData || !found.data} />
      <LoadMore
        hasMore={found.hasNextPage && !found.isPlaceholderData}
        loading={found.isFetchingNextPage}
        failed={found.isFetchNextPageError}
        label="More creators"
        loadMore={() => void found.fetchNextPage()}
      />
    </Page>
  );
}
