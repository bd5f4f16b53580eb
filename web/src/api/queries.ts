import { MutationCache, QueryCache, QueryClient, type InfiniteData } from '@tanstack/react-query';
import { Problem } from './problem';
import type { CreatorQuery, Direction, Page } from './types';

const mostRetries = 3;

/** Names what is kept of the server, so that a change finds every copy. */
export const keys = {
  me: ['me'] as const,
  emailPreferences: ['email-preferences'] as const,
  facets: ['facets'] as const,
  allCreators: ['creators'] as const,
  creators: (query: CreatorQuery) => ['creators', query] as const,
  anyCreator: (query: CreatorQuery) => ['any-creator', query] as const,
  creator: (id: string) => ['creator', id] as const,
  favourites: ['favourites'] as const,
  /** Every list of cards. */
  cards: [['creators'], ['favourites']] as const,
  allInvites: ['invites'] as const,
  invites: (direction: Direction) => ['invites', direction] as const,
  connections: ['connections'] as const,
  connection: (id: string) => ['connection', id] as const,
  messages: (connectionId: string) => ['messages', connectionId] as const,
  presence: (connectionId: string) => ['presence', connectionId] as const,
  blocks: ['blocks'] as const,
};

/** A list as the cache holds it: the pages read so far. */
export type Pages<T> = InfiniteData<Page<T>>;

/** What every infinite list of the product has in common: `nextLink` leads on. */
export const paging = {
  initialPageParam: undefined as string | undefined,
  getNextPageParam: (page: Page<unknown>) => page.nextLink,
};

/** The rows of the pages read so far. */
export function rows<T>(pages: Pages<T> | undefined): readonly T[] {
  return pages?.pages.flatMap((page) => page.value) ?? [];
}

export function createQueryClient(): QueryClient {
  // Erased in another window: the profile is read again, and its page says so.
  const onError = (error: unknown) => {
    if (Problem.from(error).code === 'profile-erased' && cache.getQueryData(keys.me) !== undefined) {
      void cache.resetQueries({ queryKey: keys.me });
    }
  };
  const cache = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        // A read that came too often is made again too, when the server says that it can be.
        retry: (failures, error) => (Problem.from(error).isPassing || Problem.from(error).code === 'rate-limit') && failures < mostRetries,
        retryDelay: (failures, error) => (Problem.from(error).retryAfter ?? 2 ** failures * 0.5) * 1000,
      },
      // An action that cannot be sent now says so now, and not when the network is back and nobody expects it any more.
      mutations: { networkMode: 'always' },
    },
  });
  return cache;
}
