import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { CallersCard } from '@/api/types';
import { useMe } from '@/members/useMe';
import { showFavourite } from './favouritesCache';

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
