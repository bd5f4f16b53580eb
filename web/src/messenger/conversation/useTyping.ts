import { useCallback, useEffect, useRef, useState } from 'react';
import { useApi } from '../../api/client';
import { useLiveEvent } from '../../live/live';

// An event means a few seconds of typing; who goes on tells again.
const fadesAfter = 6_000;
const tellEvery = 3_000;

/** Whether the other side is typing. */
export function useTyping(connectionId: string, otherId: string): boolean {
  const [typing, setTyping] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  useLiveEvent((event) => {
    if (event.type === 'typing' && event.connectionId === connectionId && event.by === otherId) {
      clearTimeout(timer.current);
      timer.current = setTimeout(() => setTyping(false), fadesAfter);
      setTyping(true);
    } else if (event.type === 'message.created' && event.message.connectionId === connectionId && event.message.from === otherId) {
      setTyping(false);
    }
  });
  return typing;
}

/** Tells the other side, as one types, that one does; every few seconds at most. */
export function useTellTyping(connectionId: string): () => void {
  const api = useApi();
  const toldAt = useRef(0);
  return useCallback(() => {
    const now = Date.now();
    if (now - toldAt.current >= tellEvery) {
      toldAt.current = now;
      // Nobody misses it when it does not arrive.
      api.calls.POST('/api/connections/{id}/typing', { params: { path: { id: connectionId } } }).catch(() => undefined);
    }
  }, [api, connectionId]);
}
