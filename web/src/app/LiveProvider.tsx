import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useMemo } from 'react';
import { afterFirstReads } from '@/api/afterFirstReads';
import { useApi } from '@/api/client';
import { LiveContext, LiveRelay } from '@/live/live';
import { useMe } from '@/members/useMe';

/** Starts the live connection, once the page has what it shows first. */
export function LiveProvider({ children }: { readonly children: ReactNode }) {
  const api = useApi();
  const cache = useQueryClient();
  const { id: me } = useMe();
  const live = useMemo(() => new LiveRelay(), []);
  useEffect(() => {
    let stop: (() => void) | undefined;
    let ended = false;
    const start = async () => {
      const { startLive } = await import('./startLive');
      if (!ended) {
        stop = startLive(live, cache, api, me);
      }
    };
    const cancel = afterFirstReads(cache, () => void start().catch(retry));
    const retry = () => window.addEventListener('online', () => void start(), { once: true });
    return () => {
      ended = true;
      cancel();
      stop?.();
    };
  }, [live, cache, api, me]);
  return <LiveContext value={live}>{children}</LiveContext>;
}
