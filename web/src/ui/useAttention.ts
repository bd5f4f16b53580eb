import { useSyncExternalStore } from 'react';

function attention(): boolean {
  return document.visibilityState === 'visible' && document.hasFocus();
}

function subscribe(listener: () => void): () => void {
  document.addEventListener('visibilitychange', listener);
  window.addEventListener('focus', listener);
  window.addEventListener('blur', listener);
  return () => {
    document.removeEventListener('visibilitychange', listener);
    window.removeEventListener('focus', listener);
    window.removeEventListener('blur', listener);
  };
}

/** Whether somebody can be taken to look at the page: it is visible, and what is typed goes to it. */
export function useAttention(): boolean {
  return useSyncExternalStore(subscribe, attention);
}
