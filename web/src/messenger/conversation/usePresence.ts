import { useQuery, useQueryClient } from '@tanstack/react-query';
import { body, useApi } from '../../api/client';
import { keys } from '../../api/queries';
import { useLiveEvent } from '../../live/live';
import { useLiveStatus } from '../../live/useLiveStatus';

// As the contract asks: when the conversation is opened, and every half minute while it is shown.
const every = 30_000;

/** Whether the other side is online, while somebody looks at the conversation. False also when that cannot be told. */
export function usePresence(connectionId: string, otherId: string, isConnected: boolean): boolean {
  const api = useApi();
  const cache = useQueryClient();
  const isLive = useLiveStatus() === 'live';
  const queryKey = keys.presence(connectionId);
  const presence = useQuery({
    queryKey,
    queryFn: async ({ signal }) =>
      body(await api.calls.GET('/api/connections/{id}/presence', { params: { path: { id: connectionId } }, signal })),
    enabled: isConnected,
    staleTime: every / 2,
    gcTime: 0,
    refetchInterval: every,
    refetchOnWindowFocus: true,
    retry: false,
  });
  useLiveEvent((event) => {
    // Who types or reads is there: no need to ask.
    if ((event.type === 'typing' || event.type === 'message.read') && event.connectionId === connectionId && event.by === otherId) {
      cache.setQueryData(queryKey, { online: true });
    }
  });
  return isConnected && isLive && presence.isSuccess && presence.data.online;
}
