import { createContext, useContext, useEffect, useEffectEvent, useSyncExternalStore } from 'react';
import type { LiveEvent } from '@/api/types';

/** How the live connection is: `connecting` for the first time, `live`, or `broken` while it tries again. */
export type LiveStatus = 'connecting' | 'live' | 'broken';

/** The live events of the member, from one connection for the whole page. */
export interface Live {
  status(): LiveStatus;
  /** Tells of each change of the status. Returns what ends it. */
  onStatus(listener: () => void): () => void;
  /** Tells of each event. Events can be lost or come twice: they say that something changed. Returns what ends it. */
  onEvent(listener: (event: LiveEvent) => void): () => void;
  /** Tells that events may have been missed: read again what is shown. Returns what ends it. */
  onGap(listener: () => void): () => void;
}

export const LiveContext = createContext<Live | undefined>(undefined);

export function useLive(): Live {
  const live = useContext(LiveContext);
  if (!live) {
    throw new Error('useLive is for components inside LiveProvider.');
  }

  return live;
}

/** Calls `listener` with each live event while the component is there. */
export function useLiveEvent(listener: (event: LiveEvent) => void): void {
  const live = useLive();
  const tell = useEffectEvent(listener);
  useEffect(() => live.onEvent((event) => tell(event)), [live]);
}

/** Calls `listener` when events may have been missed. */
export function useLiveGap(listener: () => void): void {
  const live = useLive();
  const tell = useEffectEvent(listener);
  useEffect(() => live.onGap(() => tell()), [live]);
}

/** How the live connection is. */
export function useLiveStatus(): LiveStatus {
  const live = useLive();
  return useSyncExternalStore(
    (listener) => live.onStatus(listener),
    () => live.status(),
  );
}
