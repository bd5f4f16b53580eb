import { useSyncExternalStore } from 'react';

let query: MediaQueryList | undefined;

function coarse(): MediaQueryList {
  return (query ??= window.matchMedia('(pointer: coarse)'));
}

function subscribe(listener: () => void): () => void {
  coarse().addEventListener('change', listener);
  return () => coarse().removeEventListener('change', listener);
}

/** Whether the page is used by touch, and so by a keyboard on the screen that comes and goes. */
export function useCoarsePointer(): boolean {
  return useSyncExternalStore(subscribe, () => coarse().matches);
}
