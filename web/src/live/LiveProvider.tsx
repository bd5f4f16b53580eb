import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, type ReactNode } from 'react';
import { body, useApi } from '../api/client';
import { LiveContext } from './live';
import { LiveConnection } from './LiveConnection';
import { readAgain, showEvent } from './showEvent';
import { openWebPubSub } from './webPubSubSocket';

/** Keeps the live connection, and shows what its events say in everything that is on the page. */
export function LiveProvider({ children }: { readonly children: ReactNode }) {
  const api = useApi();
  const cache = useQueryClient();
  const live = useMemo(() => new LiveConnection(openWebPubSub, async () => body(await api.calls.POST('/api/realtime/access')).url), [api]);
  useEffect(() => live.onEvent((event) => showEvent(cache, event)), [live, cache]);
  useEffect(() => live.onGap(() => readAgain(cache)), [live, cache]);
  useEffect(() => live.start(), [live]);
  return <LiveContext value={live}>{children}</LiveContext>;
}
