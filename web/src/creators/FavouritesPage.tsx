import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Heart } from 'lucide-react';
import { useEffect } from 'react';
import { body, useApi } from '@/api/client';
import { paged, rows } from '@/api/pages';
import { keys } from '@/api/queries';
import type { CallersCard } from '@/api/types';
import { creatorsTexts } from '@/texts/creators';
import { texts } from '@/texts/texts';
import { ExploreLink } from '@/ui/Button';
import { LoadMore } from '@/ui/LoadMore';
import { Notice, ProblemNotice } from '@/ui/Notice';
import { Page } from '@/ui/Page';
import { CreatorGrid, GridSkeleton } from './CreatorGrid';
import { dropUnmarked } from './favouritesCache';
import { PutAwayList } from './PutAwayList';

const said = creatorsTexts;

/** The member's favourites. A creator who is unmarked here stays until the page is left, so that they can be marked again. */
export function FavouritesPage() {
  const cache = useQueryClient();
  const favourites = useFavourites();
  useEffect(() => () => dropUnmarked(cache), [cache]);
  const cards = rows(favourites.data);
  return (
    <Page title={texts.pages.favourites} intro={said.favouritesIntro} width="wide">
      {favourites.isPending && <GridSkeleton />}
      {favourites.isError && !favourites.data && <ProblemNotice error={favourites.error} retry={() => void favourites.refetch()} />}
      {cards.length > 0 && <CreatorGrid label={texts.pages.favourites} cards={cards} />}
      {favourites.data && cards.length === 0 && !favourites.hasNextPage && (
        <Notice icon={Heart} title={said.favouritesNone} action={<ExploreLink />}>
          <p>{said.favouritesNoneHow}</p>
        </Notice>
      )}
      <LoadMore list={favourites} label={said.favouritesMore} />
      {!favourites.hasNextPage && favourites.data && <PutAwayList />}
    </Page>
  );
}

/** The member's favourites, the most recent first. */
function useFavourites() {
  const api = useApi();
  return useInfiniteQuery({
    queryKey: keys.favourites,
    ...paged<CallersCard>(api, async (signal) => body(await api.calls.GET('/api/favourites', { signal }))),
    // A refetch would remove the cards that were just unmarked.
    refetchOnWindowFocus: false,
  });
}
