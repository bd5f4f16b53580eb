import type { QueryClient } from '@tanstack/react-query';
import { type Pages, withoutRows } from '@/api/pages';
import { keys } from '@/api/queries';
import type { CallersCard, Contact } from '@/api/types';

/** Removes a member from the cache: cards, profile, invites, connections and messages. */
export function removeMember(cache: QueryClient, memberId: string): void {
  for (const queryKey of [keys.allCreators, keys.favourites]) {
    cache.setQueriesData<Pages<CallersCard>>({ queryKey }, (pages) => pages && withoutRows(pages, (card) => card.id === memberId));
  }

  for (const queryKey of [keys.allInvites, keys.connections, keys.ended]) {
    cache.setQueriesData<Pages<Contact>>({ queryKey }, (pages) => pages && withoutRows(pages, (contact) => contact.other.id === memberId));
  }

  // Queries of open pages are read again and then show that the member is not found. The rest is deleted.
  const [anyConnection] = keys.connection('');
  for (const [, contact] of cache.getQueriesData<Contact>({ queryKey: [anyConnection] })) {
    if (contact?.other.id === memberId) {
      cache.removeQueries({ queryKey: keys.messages(contact.id) });
      void cache.resetQueries({ queryKey: keys.connection(contact.id) });
    }
  }

  void cache.resetQueries({ queryKey: keys.creator(memberId) });
}
