import { QueryClient, type QueryKey } from '@tanstack/react-query';
import { Problem } from './problem';
import type { CreatorQuery, Direction, FacetQuery, InboxPart } from './types';

const maxRetries = 3;

/** The query keys, in one place so that a change finds every cached copy. */
export const keys = {
  me: ['me'] as const,
  emailPreferences: ['email-preferences'] as const,
  privacy: ['privacy'] as const,
  myEmail: ['my-email'] as const,
  savedTexts: ['saved-texts'] as const,
  allFacets: ['facets'] as const,
  facets: (query: FacetQuery) => ['facets', query] as const,
  allCreators: ['creators'] as const,
  creators: (query: CreatorQuery) => ['creators', query] as const,
  anyCreator: (query: CreatorQuery) => ['any-creator', query] as const,
  creator: (id: string) => ['creator', id] as const,
  favourites: ['favourites'] as const,
  favouriteLists: ['favourite-lists'] as const,
  /** What the member keeps with a favourite. */
  mark: (creatorId: string) => ['mark', creatorId] as const,
  dismissed: ['dismissed'] as const,
  /** Every list of cards. */
  cards: [['creators'], ['favourites'], ['dismissed']] as const,
  allInvites: ['invites'] as const,
  invites: (direction: Direction) => ['invites', direction] as const,
  connections: ['connections'] as const,
  /** Every part of the connections that is read by itself. */
  allInbox: ['inbox'] as const,
  inbox: (part: InboxPart) => ['inbox', part] as const,
  /** The unread total, by the part of it that the connections show. */
  unread: ['unread'] as const,
  /** The connections that have ended. */
  ended: ['ended-connections'] as const,
  connection: (id: string) => ['connection', id] as const,
  messages: (connectionId: string) => ['messages', connectionId] as const,
  fileLink: (connectionId: string, seq: number, id: string) => ['file-link', connectionId, seq, id] as const,
  messageSearch: (connectionId: string, text: string) => ['message-search', connectionId, text] as const,
  allPresence: ['presence'] as const,
  presence: (connectionId: string) => ['presence', connectionId] as const,
  blocks: ['blocks'] as const,
  /** All that moderators see. */
  desk: ['desk'] as const,
};

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        // A read over the rate limit is retried when the server allows it. Some instances learn two seconds later that a suspension ended.
        retry: (failures, error) => {
          const { isTransient, code } = Problem.from(error);
          return (isTransient || code === 'rate-limit' || code === 'suspended') && failures < maxRetries;
        },
        retryDelay: (failures, error) => (Problem.from(error).retryAfter ?? 2 ** failures * 0.5) * 1000,
      },
      // Without a network an action fails at once. Queued, it would run later, when nobody expects it any more.
      mutations: { networkMode: 'always' },
    },
  });
}

/**
 * Reads the member's profile again if a call was refused because they may not use the product: they erased their profile in another
 * window, or a moderator suspended them. The page then says so.
 */
export function readMeIfOut(cache: QueryClient, { code }: Problem): void {
  if (code === 'profile-erased' && cache.getQueryData(keys.me) !== undefined) {
    void cache.resetQueries({ queryKey: keys.me });
  } else if (code === 'suspended') {
    void cache.invalidateQueries({ queryKey: keys.me }, { cancelRefetch: false });
  }
}

/**
 * Keeps reads that began before an action from overwriting the state that the action shows. Cancels the reads under way.
 *
 * @returns a function to call when the action is done. It repeats the reads that were cancelled and those that began meanwhile.
 */
export function pauseReads(cache: QueryClient, queryKeys: readonly QueryKey[]): () => void {
  const reading = () => queryKeys.flatMap((queryKey) => cache.getQueryCache().findAll({ queryKey, fetchStatus: 'fetching' }));
  // A first read has no earlier data to return to. It continues, and is repeated afterwards.
  const cancelled = reading().filter((query) => query.state.data !== undefined);
  for (const query of cancelled) {
    void query.cancel({ revert: true, silent: true });
  }

  return () => {
    for (const query of new Set([...cancelled, ...reading()])) {
      // A first read cannot be restarted before it has ended.
      const ended = query.state.data === undefined ? query.promise?.catch(() => undefined) : undefined;
      void Promise.resolve(ended).then(() => cache.invalidateQueries({ predicate: ({ queryHash }) => queryHash === query.queryHash }));
    }
  };
}
