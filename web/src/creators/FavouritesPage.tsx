import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Heart } from 'lucide-react';
import { useEffect } from 'react';
import { body, useApi } from '@/api/client';
import { paged, rows } from '@/api/pages';
import { keys } from '@/api/queries';
import type { CallersCard } from '@/api/types';
import { ExploreLink } from '@/ui/Button';
import { LoadMore } from '@/ui/LoadMore';
import { Notice, ProblemNotice } from '@/ui/Notice';
import { Page } from '@/ui/Page';
import { CreatorGrid, GridSkeleton } from './CreatorGrid';
import { dropUnmarked } from './favouritesCache';

/** The creators that the member has marked. One whose heart is emptied here stays until the page is left, so that it can be filled again. */
export function FavouritesPage() {
  const cache = useQueryClient();
  const favourites = useFavourites();
  useEffect(() => () => dropUnmarked(cache), [cache]);
  const cards = rows(favourites.data);
  return (
    <Page title="Favourites" intro="Creators that you marked with a heart. Only you see this." width="wide">
      {favourites.isPending && <GridSkeleton />}
      {favourites.isError && !favourites.data && <ProblemNotice error={favourites.error} retry={() => void favourites.refetch()} />}
      {cards.length > 0 && <CreatorGrid label="Favourites" cards={cards} />}
      {favourites.data && cards.length === 0 && !favourites.hasNextPage && (
        <Notice icon={Heart} title="No favourites yet" action={<ExploreLink />}>
          <p>Press the heart on a creator’s card to find them here again.</p>
        </Notice>
      )}
      <LoadMore list={favourites} label="More favourites" />
    </Page>
  );
}

/** The creators that the member has marked, the most recently marked first. */
export function useFavourites() {
  const api = useApi();
  return useInfiniteQuery({
    queryKey: keys.favourites,
    ...paged<CallersCard>(api, async (signal) => body(await api.calls.GET('/api/favourites', { signal }))),
    // What was unmarked on the page stays on it until the page is left: a glance at another window must not take it away.
    refetchOnWindowFocus: false,
  });
}
