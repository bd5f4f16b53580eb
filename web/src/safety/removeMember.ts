import type { QueryClient } from '@tanstack/react-query';
import { type Pages, withoutRows } from '@/api/pages';
import { keys } from '@/api/queries';
import type { CallersCard, Contact } from '@/api/types';

/** Takes somebody off every page: their cards, their profile, and what there was between them and the member. */
export function removeMember(cache: QueryClient, memberId: string): void {
  for (const queryKey of [keys.allCreators, keys.favourites]) {
    cache.setQueriesData<Pages<CallersCard>>({ queryKey }, (pages) => pages && withoutRows(pages, (card) => card.id === memberId));
  }

  for (const queryKey of [keys.allInvites, keys.connections]) {
    cache.setQueriesData<Pages<Contact>>({ queryKey }, (pages) => pages && withoutRows(pages, (contact) => contact.other.id === memberId));
  }

  // What is open is read again, and the server says that it is not found; the rest is forgotten.
  const [anyConnection] = keys.connection('');
  for (const [, contact] of cache.getQueriesData<Contact>({ queryKey: [anyConnection] })) {
    if (contact?.other.id === memberId) {
      cache.removeQueries({ queryKey: keys.messages(contact.id) });
      void cache.resetQueries({ queryKey: keys.connection(contact.id) });
    }
  }

  void cache.resetQueries({ queryKey: keys.creator(memberId) });
}
