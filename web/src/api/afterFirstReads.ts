import type { QueryClient } from '@tanstack/react-query';

const quietWithin = 3_000;

/**
 * Loads a part of the app once the page has what it shows first, or, if the network fails it, when that is back; then begins it.
 *
 * @param load loads the part. What it returns begins it, and returns what ends it.
 * @returns ends the part, begun or not.
 */
export function beginAfterFirstReads(cache: QueryClient, load: () => Promise<() => () => void>): () => void {
  let end: (() => void) | undefined;
  let ended = false;
  const start = () => {
    load().then(
      (begin) => {
        if (!ended) {
          end = begin();
        }
      },
      () => {
        if (!ended) {
          window.addEventListener('online', start, { once: true });
        }
      },
    );
  };
  const cancel = afterFirstReads(cache, start);
  return () => {
    ended = true;
    cancel();
    window.removeEventListener('online', start);
    end?.();
  };
}

/** Calls `action` when no read is under way, or after three seconds. */
function afterFirstReads(cache: QueryClient, action: () => void): () => void {
  const cancel = () => {
    clearTimeout(timer);
    stop();
  };
  const go = () => {
    cancel();
    action();
  };
  const timer = setTimeout(go, quietWithin);
  const stop = cache.getQueryCache().subscribe(({ type }) => {
    if (type === 'updated' && cache.isFetching() === 0) {
      go();
    }
  });
  return cancel;
}
