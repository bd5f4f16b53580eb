import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useMemo } from 'react';
import { beginAfterFirstReads } from '@/api/afterFirstReads';
import { useApi } from '@/api/client';
import { LiveContext, LiveRelay } from '@/live/live';
import { useMe } from '@/members/useMe';

/** Starts the live connection, once the page has what it shows first. */
export function LiveProvider({ children }: { readonly children: ReactNode }) {
  const api = useApi();
  const cache = useQueryClient();
  const { id: me } = useMe();
  const live = useMemo(() => new LiveRelay(), []);
  useEffect(
    () =>
      beginAfterFirstReads(cache, async () => {
        const { startLive } = await import('./startLive');
        return () => startLive(live, cache, api, me);
      }),
    [live, cache, api, me],
  );
  return <LiveContext value={live}>{children}</LiveContext>;
}
