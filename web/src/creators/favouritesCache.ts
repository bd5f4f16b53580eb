import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { type Pages, rows, withFirst, withoutRows } from '@/api/pages';
import { keys } from '@/api/queries';
import type { CallersCard, Creator } from '@/api/types';
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

/** A favourite that a member marked or unmarked in one of the windows of this browser. */
interface FavouriteNews {
  readonly memberId: string;
  readonly creator: CallersCard;
  readonly favourite: boolean;
}

const channelName = 'connections.favourites';

/** Tells the browser's other windows that a favourite changed. */
export function tellOtherWindows(news: FavouriteNews): void {
  const channel = new BroadcastChannel(channelName);
  channel.postMessage(news);
  channel.close();
}

/** Shows the favourites that the member changes in other windows. */
export function FavouritesFromOtherWindows() {
  const cache = useQueryClient();
  const { id: me } = useMe();
  useEffect(() => {
    const channel = new BroadcastChannel(channelName);
    channel.onmessage = ({ data }: MessageEvent<FavouriteNews>) => {
      if (data.memberId === me) {
        showFavourite(cache, data.creator, data.favourite);
      }
    };
    return () => channel.close();
  }, [cache, me]);
  return null;
}
