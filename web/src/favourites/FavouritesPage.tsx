import { useQueryClient } from '@tanstack/react-query';
import { Heart } from 'lucide-react';
import { useEffect } from 'react';
import { rows } from '../api/queries';
import { CreatorGrid, GridSkeleton } from '../creators/CreatorGrid';
import { ButtonLink } from '../ui/ButtonLink';
import { LoadMore } from '../ui/LoadMore';
import { Notice } from '../ui/Notice';
import { Page } from '../ui/Page';
import { ProblemNotice } from '../ui/ProblemNotice';
import { dropUnmarked } from './favouritesCache';
import { useFavourites } from './useFavourites';

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
        <Notice
          icon={Heart}
          title="No favourites yet"
          action={
            <ButtonLink to="/" tone="main">
              Explore creators
            </ButtonLink>
          }
        >
          <p>Press the heart on a creator’s card to find them here again.</p>
        </Notice>
      )}
      <LoadMore
        hasMore={favourites.hasNextPage}
        loading={favourites.isFetchingNextPage}
        failed={favourites.isFetchNextPageError}
        label="More favourites"
        loadMore={() => void favourites.fetchNextPage()}
      />
    </Page>
  );
}
