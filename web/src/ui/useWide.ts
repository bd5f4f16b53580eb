import { useSyncExternalStore } from 'react';

// As in tokens.css: below this a page is for one hand.
let query: MediaQueryList | undefined;

function wide(): MediaQueryList {
  return (query ??= window.matchMedia('(width >= 56rem)'));
}

function subscribe(listener: () => void): () => void {
  wide().addEventListener('change', listener);
  return () => wide().removeEventListener('change', listener);
}

/** Whether the window is as wide as a laptop's. For what differs in more than its style. */
export function useWide(): boolean {
  return useSyncExternalStore(subscribe, () => wide().matches);
}
