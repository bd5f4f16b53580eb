import type { LiveEvent } from '@/api/types';
import { add, type Live, type LiveStatus } from './live';

/** The live connection as pages know it, from before its code is loaded. */
export class LiveRelay implements Live {
  private readonly events = new Set<(event: LiveEvent) => void>();
  private readonly statuses = new Set<() => void>();
  private readonly gaps = new Set<() => void>();
  private current: LiveStatus = 'connecting';

  status(): LiveStatus {
    return this.current;
  }

  onStatus(listener: () => void): () => void {
    return add(this.statuses, listener);
  }

  onEvent(listener: (event: LiveEvent) => void): () => void {
    return add(this.events, listener);
  }

  onGap(listener: () => void): () => void {
    return add(this.gaps, listener);
  }

  /** Passes on what a connection tells, until the returned function is called. */
  follow(live: Live): () => void {
    const ends = [
      live.onEvent((event) => this.events.forEach((listener) => listener(event))),
      live.onGap(() => this.gaps.forEach((listener) => listener())),
      live.onStatus(() => {
        this.current = live.status();
        this.statuses.forEach((listener) => listener());
      }),
    ];
    return () => ends.forEach((end) => end());
  }
}
