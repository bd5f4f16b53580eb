import { rows } from '../api/queries';
import { LoadMore } from '../ui/LoadMore';
import { Page } from '../ui/Page';
import { ProblemNotice } from '../ui/ProblemNotice';
import { CreatorGrid, GridSkeleton } from './CreatorGrid';
import { useCreators } from './useCreators';

/** Where a member finds creators. */
export function ExplorePage() {
  const found = useCreators({});
  return (
    <Page title="Explore" intro="Find creators, invite them to connect, and talk." width="wide">
      {found.isPending && <GridSkeleton />}
      {found.isError && !found.data && <ProblemNotice error={found.error} retry={() => void found.refetch()} />}
      {found.data && <CreatorGrid label="Creators" cards={rows(found.data)} old={found.isPlaceholderData} />}
      <LoadMore hasMore={found.hasNextPage} loading={found.isFetchingNextPage} label="More creators" loadMore={() => void found.fetchNextPage()} />
    </Page>
  );
}
