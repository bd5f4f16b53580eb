import type { QueryClient } from '@tanstack/react-query';

const quietWithin = 3_000;

/** Calls `action` when no read is under way, or after three seconds. */
export function afterFirstReads(cache: QueryClient, action: () => void): () => void {
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
