import { useSyncExternalStore } from 'react';

/** Creates a hook for a media query. The query is made on first use, because jsdom has none. */
function mediaQueryHook(query: string): () => boolean {
  let list: MediaQueryList | undefined;
  const media = () => (list ??= window.matchMedia(query));
  const subscribe = (listener: () => void) => {
    media().addEventListener('change', listener);
    return () => media().removeEventListener('change', listener);
  };
  return () => useSyncExternalStore(subscribe, () => media().matches);
}

/** Whether the page is used by touch, and so with an on-screen keyboard. */
export const useCoarsePointer = mediaQueryHook('(pointer: coarse)');

/** Whether the window is as wide as a laptop's, for differences that a style sheet cannot make. The width is the one in tokens.css. */
export const useWide = mediaQueryHook('(width >= 56rem)');

/** Whether the page is visible and has the keyboard, so that somebody is probably looking at it. */
export function useAttention(): boolean {
  return useSyncExternalStore(onAttentionChange, () => document.visibilityState === 'visible' && document.hasFocus());
}

function onAttentionChange(listener: () => void): () => void {
  document.addEventListener('visibilitychange', listener);
  window.addEventListener('focus', listener);
  window.addEventListener('blur', listener);
  return () => {
    document.removeEventListener('visibilitychange', listener);
    window.removeEventListener('focus', listener);
    window.removeEventListener('blur', listener);
  };
}

/** Whether the browser has a network. */
export function useOnline(): boolean {
  return useSyncExternalStore(onNetworkChange, () => navigator.onLine);
}

function onNetworkChange(listener: () => void): () => void {
  window.addEventListener('online', listener);
  window.addEventListener('offline', listener);
  return () => {
    window.removeEventListener('online', listener);
    window.removeEventListener('offline', listener);
  };
}
