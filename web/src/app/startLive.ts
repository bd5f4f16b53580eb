import type { QueryClient } from '@tanstack/react-query';
import { type Api, body } from '@/api/client';
import { LiveConnection } from '@/live/LiveConnection';
import type { LiveRelay } from '@/live/live';
import { openWebPubSub } from '@/live/webPubSubSocket';
import { CatchUp } from './CatchUp';
import { EventDisplay } from './EventDisplay';

/** Keeps the live connection open, and applies its events to the cache, until the returned function is called. */
export function startLive(relay: LiveRelay, cache: QueryClient, api: Api, me: string): () => void {
  const live = new LiveConnection(openWebPubSub, async () => body(await api.calls.POST('/api/realtime/access')).url);
  const display = new EventDisplay(cache, me, async (id) =>
    body(await api.calls.GET('/api/connections/{id}', { params: { path: { id } } })),
  );
  const changes = new CatchUp(api, display);
  const ends = [
    live.onEvent((event) => display.show(event)),
    live.onGap(() => {
      display.refreshCards();
      changes.afterGap();
    }),
    changes.poll(() => live.status() === 'live'),
    relay.follow(live),
    () => display.stop(),
    live.start(),
  ];
  return () => ends.forEach((end) => end());
}
