import type { QueryClient } from '@tanstack/react-query';
import { keys } from '../api/queries';
import type { LiveEvent } from '../api/types';
import { showContact } from '../connections/contactsCache';

/** Shows what a live event says in every list it concerns. */
export function showEvent(cache: QueryClient, event: LiveEvent): void {
  switch (event.type) {
    case 'connection.changed':
      showContact(cache, event.contact);
      break;
    case 'message.created':
    case 'message.changed':
    case 'message.read':
      void cache.invalidateQueries({ queryKey: keys.connections });
      break;
    default:
      // Kinds of events that are newer than this page, and typing, which the conversation shows.
      break;
  }
}

/** Reads again what live events would have changed. */
export function readAgain(cache: QueryClient): void {
  for (const queryKey of [keys.connections, keys.allInvites, keys.allCreators, keys.favourites]) {
    void cache.invalidateQueries({ queryKey });
  }
}
