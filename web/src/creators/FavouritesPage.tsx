import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Download, Heart } from 'lucide-react';
import { useEffect } from 'react';
import { body, useApi } from '@/api/client';
import { paged, rows } from '@/api/pages';
import { keys } from '@/api/queries';
import type { CallersCard } from '@/api/types';
import { creatorsTexts } from '@/texts/creators';
import { texts } from '@/texts/texts';
import { Button, ButtonLink, ExploreLink } from '@/ui/Button';
import { LoadMore } from '@/ui/LoadMore';
import { Notice, ProblemNotice } from '@/ui/Notice';
import { Page } from '@/ui/Page';
import { navigate, useQueryString } from '@/ui/router';
import { CreatorGrid, GridSkeleton } from './CreatorGrid';
import { FavouriteMark } from './FavouriteMark';
import { dropUnmarked } from './favouritesCache';
import { Presets } from './Presets';
import { PutAwayList } from './PutAwayList';
import { useDownloadFavourites, useFavouriteLists } from './useFavouriteLists';

const said = creatorsTexts;

/** The member's favourites. A creator who is unmarked here stays until the page is left, so that they can be marked again. */
export function FavouritesPage() {
  const cache = useQueryClient();
  const lists = useFavouriteLists().data ?? [];
  const list = useQueryString().get('list') ?? undefined;
  const favourites = useFavourites(list);
  const download = useDownloadFavourites(list);
  useEffect(() => () => dropUnmarked(cache), [cache]);
  const cards = rows(favourites.data);
  return (
    <Page
      title={texts.pages.favourites}
      intro={said.favouritesIntro}
      width="wide"
      actions={
        cards.length > 0 && (
          <Button icon={Download} busy={download.isPending} onClick={() => download.mutate()}>
            {said.download}
          </Button>
        )
      }
    >
      {lists.length > 0 && (
        <Presets
          label={said.lists}
          options={lists.map(({ name, count }) => ({
            name: said.listAndCount(name, count),
            chosen: name === list,
            choose: () => navigate(`?${new URLSearchParams({ list: name }).toString()}`),
          }))}
          clear={() => navigate(window.location.pathname)}
        />
      )}
      {favourites.isPending && <GridSkeleton />}
      {favourites.isError && !favourites.data && <ProblemNotice error={favourites.error} retry={() => void favourites.refetch()} />}
      {cards.length > 0 && (
        <CreatorGrid label={texts.pages.favourites} cards={cards} more={(card) => card.favourite && <FavouriteMark creator={card} />} />
      )}
      {favourites.data && cards.length === 0 && !favourites.hasNextPage && list !== undefined && (
        <Notice icon={Heart} title={said.listEmpty} action={<ButtonLink to="/favourites">{said.listAll}</ButtonLink>}>
          <p>{said.listEmptyHow}</p>
        </Notice>
      )}
      {favourites.data && cards.length === 0 && !favourites.hasNextPage && list === undefined && (
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
function useFavourites(list: string | undefined) {
  const api = useApi();
  return useInfiniteQuery({
    queryKey: list === undefined ? keys.favourites : [...keys.favourites, list],
    ...paged<CallersCard>(api, async (signal) =>
      body(await api.calls.GET('/api/favourites', { params: { query: list === undefined ? {} : { list } }, signal })),
    ),
    // A refetch would remove the cards that were just unmarked.
    refetchOnWindowFocus: false,
  });
}
