import { createContext, useContext, useEffect, useEffectEvent, useSyncExternalStore } from 'react';
import type { LiveEvent } from '@/api/types';

/** `connecting` for the first time, `live`, or `broken` while it reconnects. */
export type LiveStatus = 'connecting' | 'live' | 'broken';

/** The member's live events, from one connection for the whole page. Each subscription returns a function that ends it. */
export interface Live {
  status(): LiveStatus;
  /** Calls `listener` when the status changes. */
  onStatus(listener: () => void): () => void;
  /** Calls `listener` with each event. Events can be lost or duplicated. */
  onEvent(listener: (event: LiveEvent) => void): () => void;
  /** Calls `listener` when events may have been missed, so that the page's data should be read again. */
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

/** Calls `listener` with each live event while the component is mounted. */
export function useLiveEvent(listener: (event: LiveEvent) => void): void {
  const live = useLive();
  const tell = useEffectEvent(listener);
  useEffect(() => live.onEvent((event) => tell(event)), [live]);
}

export function useLiveStatus(): LiveStatus {
  const live = useLive();
  return useSyncExternalStore(
    (listener) => live.onStatus(listener),
    () => live.status(),
  );
}

/** Keeps the status and the listeners of a source of live events. */
export abstract class LiveSource implements Live {
  protected readonly events = new Listeners<[LiveEvent]>();
  protected readonly gaps = new Listeners<[]>();
  private readonly statuses = new Listeners<[]>();
  private current: LiveStatus = 'connecting';

  status(): LiveStatus {
    return this.current;
  }

  onStatus(listener: () => void): () => void {
    return this.statuses.add(listener);
  }

  onEvent(listener: (event: LiveEvent) => void): () => void {
    return this.events.add(listener);
  }

  onGap(listener: () => void): () => void {
    return this.gaps.add(listener);
  }

  protected setStatus(status: LiveStatus): void {
    if (status !== this.current) {
      this.current = status;
      this.statuses.tell();
    }
  }
}

class Listeners<Told extends unknown[]> {
  private readonly all = new Set<(...told: Told) => void>();

  /** Adds a listener until the returned function is called. */
  add(listener: (...told: Told) => void): () => void {
    this.all.add(listener);
    return () => this.all.delete(listener);
  }

  tell(...told: Told): void {
    this.all.forEach((listener) => listener(...told));
  }
}

/** The live connection as pages know it, from before its code is loaded. */
export class LiveRelay extends LiveSource {
  /** Passes on what a connection tells, until the returned function is called. */
  follow(live: Live): () => void {
    const ends = [
      live.onEvent((event) => this.events.tell(event)),
      live.onGap(() => this.gaps.tell()),
      live.onStatus(() => this.setStatus(live.status())),
    ];
    return () => ends.forEach((end) => end());
  }
}
