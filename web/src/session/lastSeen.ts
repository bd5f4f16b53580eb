import { type DehydratedState, dehydrate, hydrate, type Query, type QueryClient } from '@tanstack/react-query';

// One entry for each query of a member. Deleted when the member signs out.
const storeName = 'connections.last-seen';
const maxEntries = 80;
const writeDelay = 1_000;

let stopKeeping: (() => void) | undefined;

/** Keeps what pages show of a member in this browser, so that they can show it again without a network. One cache at a time. */
export function keepLastSeen(cache: QueryClient, sub: string): void {
  stopKeeping?.();
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const write = async ({ queryHash }: Query) => {
    timers.delete(queryHash);
    const state = dehydrate(cache, { shouldDehydrateQuery: (query) => query.queryHash === queryHash && query.state.status === 'success' });
    await (await store())?.put(pathOf(sub, queryHash), Response.json(state));
  };
  const writeSoon = (query: Query) => {
    if (query.meta?.secret !== true && query.state.status === 'success' && !timers.has(query.queryHash)) {
      // Without space there is nothing to show later, and no more harm.
      const timer = setTimeout(() => void write(query).catch(() => undefined), writeDelay);
      timers.set(query.queryHash, timer);
    }
  };
  for (const query of cache.getQueryCache().getAll() as readonly Query[]) {
    writeSoon(query);
  }

  const stop = cache.getQueryCache().subscribe((event) => {
    if (event.type === 'updated') {
      writeSoon(event.query as Query);
    }
  });
  void prune(sub);
  stopKeeping = () => {
    stop();
    timers.forEach((timer) => clearTimeout(timer));
  };
}

/** Reads what was last seen of a member. The returned function puts it into a cache, where each page reads it again as soon as it can. */
export async function readLastSeen(sub: string): Promise<(cache: QueryClient) => void> {
  const kept = await store();
  const seen: DehydratedState[] = [];
  for (const request of await entriesOf(kept, sub)) {
    const answer = await kept?.match(request);
    if (answer) {
      seen.push((await answer.json()) as DehydratedState);
    }
  }

  return (cache) => seen.forEach((state) => hydrate(cache, state, { defaultOptions: { queries: { gcTime: Infinity } } }));
}

/** Deletes it, and stops keeping it. */
export async function forgetLastSeen(): Promise<void> {
  stopKeeping?.();
  await store()
    .then(() => caches.delete(storeName))
    .catch(() => undefined);
}

// The store has the entries in the order in which they were written.
async function prune(sub: string): Promise<void> {
  const kept = await store();
  const own = await entriesOf(kept, sub);
  for (const request of own.slice(0, -maxEntries)) {
    await kept?.delete(request);
  }
}

async function entriesOf(kept: Cache | undefined, sub: string): Promise<readonly Request[]> {
  return (await kept?.keys())?.filter(({ url }) => new URL(url).pathname.startsWith(pathOf(sub, ''))) ?? [];
}

function pathOf(sub: string, queryHash: string): string {
  return `/last-seen/${encodeURIComponent(sub)}/${encodeURIComponent(queryHash)}`;
}

/** Undefined where the browser has none: without TLS, or with storage blocked. */
async function store(): Promise<Cache | undefined> {
  try {
    return await caches.open(storeName);
  } catch {
    return undefined;
  }
}
