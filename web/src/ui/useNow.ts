import { useSyncExternalStore } from 'react';

const every = 30_000;
const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

function tick(): void {
  now = Date.now();
  listeners.forEach((tell) => tell());
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    // Nobody asked for a while.
    now = Date.now();
    timer = setInterval(tick, every);
  }

  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
    }
  };
}

/** The time, for words such as "3 minutes ago": one clock for all of the page, half a minute coarse. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now);
}
