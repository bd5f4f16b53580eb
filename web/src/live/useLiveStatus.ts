import { useSyncExternalStore } from 'react';
import { useLive, type LiveStatus } from './live';

/** How the live connection is. */
export function useLiveStatus(): LiveStatus {
  const live = useLive();
  return useSyncExternalStore(
    (listener) => live.onStatus(listener),
    () => live.status(),
  );
}
