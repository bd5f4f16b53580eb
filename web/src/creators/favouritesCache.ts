import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { type Pages, rows, withFirst, withoutRows } from '@/api/pages';
import { keys } from '@/api/queries';
import type { CallersCard, Creator, FavouriteMark } from '@/api/types';
import { forEachCard } from '@/contacts/contactsCache';
import { useMe } from '@/members/useMe';

/**
 * Updates whether a creator is marked, everywhere. A new favourite goes to the top of the list. One that is unmarked stays there, so that
 * it can be marked again, until `dropUnmarked` is called.
 */
export function showFavourite(cache: QueryClient, creator: CallersCard, favourite: boolean): void {
  const change = <T extends CallersCard | Creator>(card: T): T =>
    card.id === creator.id && card.favourite !== favourite ? { ...card, favourite } : card;
  forEachCard(cache, change);
  cache.setQueryData<Creator>(keys.creator(creator.id), (shown) => shown && change(shown));
  if (favourite) {
    cache.setQueryData<Pages<CallersCard>>(keys.favourites, (pages) =>
      pages && !rows(pages).some(({ id }) => id === creator.id) ? withFirst(pages, { ...creator, favourite }) : pages,
    );
  }
}

/** Removes unmarked creators from the favourites. */
export function dropUnmarked(cache: QueryClient): void {
  cache.setQueriesData<Pages<CallersCard>>(
    { queryKey: keys.favourites },
    (pages) => pages && withoutRows(pages, ({ favourite }) => !favourite),
  );
}

/** Updates the note on a favourite and the lists that it is in, everywhere. The list that is shown keeps its cards until it is left. */
export function showMark(cache: QueryClient, creator: CallersCard, mark: FavouriteMark): void {
  const change = <T extends CallersCard | Creator>(card: T): T => (card.id === creator.id ? { ...card, favourite: true, mark } : card);
  forEachCard(cache, change);
  cache.setQueryData<Creator>(keys.creator(creator.id), (shown) => shown && change(shown));
  void cache.invalidateQueries({ queryKey: keys.favouriteLists });
  void cache.invalidateQueries({ queryKey: keys.favourites, refetchType: 'none' });
}

/** Updates whether a creator is put away, everywhere. A creator who is put away leaves the results of all searches. */
export function showPutAway(cache: QueryClient, creator: CallersCard, away: boolean): void {
  const isIt = ({ id }: CallersCard) => id === creator.id;
  const change = <T extends CallersCard | Creator>(card: T): T => {
    const { dismissed, ...others } = card;
    return (dismissed === true) === away ? card : ({ ...others, ...(away && { dismissed: true }) } as T);
  };
  forEachCard(cache, (card) => (isIt(card) ? change(card) : card));
  cache.setQueryData<Creator>(keys.creator(creator.id), (shown) => shown && change(shown));
  if (away) {
    cache.setQueriesData<Pages<CallersCard>>({ queryKey: keys.allCreators }, (pages) => pages && withoutRows(pages, isIt));
  }

  cache.setQueryData<Pages<CallersCard>>(keys.dismissed, (pages) => {
    const others = pages && withoutRows(pages, isIt);
    return others && away ? withFirst(others, change(creator)) : others;
  });
}

/** Reads again what only the server knows after a creator was put away or taken back. */
export function readAfterPutAway(cache: QueryClient, away: boolean): void {
  void cache.invalidateQueries({ queryKey: keys.allFacets });
  // Where a creator belongs among the others.
  if (!away) {
    void cache.invalidateQueries({ queryKey: keys.allCreators });
  }
}

/** What a member did with a creator in one of the windows of this browser. */
type FavouriteNews = { readonly memberId: string; readonly creator: CallersCard } & (
  { readonly favourite: boolean } | { readonly mark: FavouriteMark } | { readonly away: boolean }
);

const channelName = 'connections.favourites';

/** Tells the browser's other windows that a favourite changed, or that a creator was put away or taken back. */
export function tellOtherWindows(news: FavouriteNews): void {
  const channel = new BroadcastChannel(channelName);
  channel.postMessage(news);
  channel.close();
}

/** Shows what the member changes in other windows. */
export function FavouritesFromOtherWindows() {
  const cache = useQueryClient();
  const { id: me } = useMe();
  useEffect(() => {
    const channel = new BroadcastChannel(channelName);
    channel.onmessage = ({ data }: MessageEvent<FavouriteNews>) => {
      if (data.memberId === me) {
        show(cache, data);
      }
    };
    return () => channel.close();
  }, [cache, me]);
  return null;
}

function show(cache: QueryClient, news: FavouriteNews): void {
  const { creator } = news;
  if ('away' in news) {
    showPutAway(cache, creator, news.away);
    readAfterPutAway(cache, news.away);
    return;
  }

  if ('mark' in news) {
    showMark(cache, creator, news.mark);
  } else {
    showFavourite(cache, creator, news.favourite);
    void cache.invalidateQueries({ queryKey: keys.favouriteLists });
  }

  // A form with the note says that it was changed here.
  void cache.invalidateQueries({ queryKey: keys.mark(creator.id) });
}
