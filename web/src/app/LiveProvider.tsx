import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useMemo } from 'react';
import { body, useApi } from '@/api/client';
import { LiveContext } from '@/live/live';
import { LiveConnection } from '@/live/LiveConnection';
import { openWebPubSub } from '@/live/webPubSubSocket';
import { useMe } from '@/members/useMe';
import { EventDisplay } from './EventDisplay';

/** Keeps the live connection open, and applies its events to the cache. */
export function LiveProvider({ children }: { readonly children: ReactNode }) {
  const api = useApi();
  const cache = useQueryClient();
  const { id: me } = useMe();
  const live = useMemo(() => new LiveConnection(openWebPubSub, async () => body(await api.calls.POST('/api/realtime/access')).url), [api]);
  useEffect(() => {
    const display = new EventDisplay(cache, me, async (id) =>
      body(await api.calls.GET('/api/connections/{id}', { params: { path: { id } } })),
    );
    const ends = [live.onEvent((event) => display.show(event)), live.onGap(() => display.refresh()), () => display.stop()];
    return () => ends.forEach((end) => end());
  }, [live, cache, me, api]);
  useEffect(() => live.start(), [live]);
  return <LiveContext value={live}>{children}</LiveContext>;
}
