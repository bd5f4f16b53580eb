import type { QueryClient } from '@tanstack/react-query';
import { mapRows, type Pages, rows, withFirst, withoutRows } from '@/api/pages';
import { keys } from '@/api/queries';
import type { CallersCard, Contact, Creator, Direction, Relation } from '@/api/types';
import { mergeContact } from './contactChanges';
import { relationOf } from './relation';

/** Updates a connection everywhere it is cached: cards, profiles, invites, connections and the messenger. */
export function showContact(cache: QueryClient, read: Contact): void {
  const contact = mergeContact(read, cachedContact(cache, read.id));
  showRelation(cache, contact.other.id, relationOf(contact));
  cache.setQueryData(keys.connection(contact.id), contact);
  showAmongInvites(cache, contact);
  showAmongConnections(cache, contact);
}

/** Updates the relation to a member on all of their cards and their profile. */
export function showRelation(cache: QueryClient, memberId: string, relation: Relation): void {
  const change = <T extends CallersCard | Creator>(card: T): T => (card.id === memberId ? { ...card, relation } : card);
  forEachCard(cache, change);
  cache.setQueryData<Creator>(keys.creator(memberId), (creator) => creator && change(creator));
}

/** The relation to a member that the cached cards and profile show; undefined if none of theirs is cached. */
export function cachedRelation(cache: QueryClient, memberId: string): Relation | undefined {
  const profile = cache.getQueryData<Creator>(keys.creator(memberId));
  return profile?.relation ?? cachedCard(cache, memberId)?.relation;
}

/** A member's card, if any cached list contains it. */
export function cachedCard(cache: QueryClient, memberId: string): CallersCard | undefined {
  return keys.cards
    .flatMap((queryKey) => cache.getQueriesData<Pages<CallersCard>>({ queryKey }))
    .flatMap(([, pages]) => rows(pages))
    .find((card) => card.id === memberId);
}

/** A connection, from wherever it was cached. */
export function cachedContact(cache: QueryClient, connectionId: string): Contact | undefined {
  return (
    cache.getQueryData<Contact>(keys.connection(connectionId)) ??
    cache
      .getQueryData<Pages<Contact>>(keys.connections)
      ?.pages.flatMap((page) => page.value)
      .find((row) => row.id === connectionId)
  );
}

/** Updates a connection in the list of connections and in the messenger. */
export function changeContact(cache: QueryClient, connectionId: string, change: (contact: Contact) => Contact): void {
  cache.setQueryData<Contact>(keys.connection(connectionId), (contact) => contact && change(contact));
  cache.setQueryData<Pages<Contact>>(
    keys.connections,
    (pages) => pages && mapRows(pages, (row) => (row.id === connectionId ? change(row) : row)),
  );
}

/** Updates cards in every list. */
export function forEachCard(cache: QueryClient, change: (card: CallersCard) => CallersCard): void {
  for (const queryKey of keys.cards) {
    cache.setQueriesData<Pages<CallersCard>>({ queryKey }, (pages) => pages && mapRows(pages, change));
  }
}

function showAmongInvites(cache: QueryClient, contact: Contact): void {
  cache.setQueryData<readonly Contact[]>(keys.revokedInvites, (revoked = []) => [
    ...(contact.state === 'revoked' && contact.direction === 'sent' ? [contact] : []),
    ...revoked.filter(({ id }) => id !== contact.id),
  ]);
  const directions: readonly Direction[] = ['sent', 'received'];
  for (const direction of directions) {
    cache.setQueryData<Pages<Contact>>(keys.invites(direction), (pages) => {
      if (!pages) {
        return pages;
      }

      // Revoked invites and removed connections are not listed. A new invite of the same pair can have the other direction.
      const listed = contact.direction === direction && contact.state !== 'revoked' && contact.state !== 'removed';
      const stands = pages.pages.some((page) => page.value.some((row) => row.id === contact.id && row.invitedAt === contact.invitedAt));
      if (listed && stands) {
        return mapRows(pages, (row) => (row.id === contact.id ? contact : row));
      }

      const others = withoutRows(pages, (row) => row.id === contact.id);
      return listed ? withFirst(others, contact) : others;
    });
  }
}

function showAmongConnections(cache: QueryClient, contact: Contact): void {
  cache.setQueryData<Pages<Contact>>(keys.connections, (pages) => {
    if (!pages) {
      return pages;
    }

    if (contact.state !== 'connected') {
      return withoutRows(pages, (row) => row.id === contact.id);
    }

    return pages.pages.some((page) => page.value.some((row) => row.id === contact.id))
      ? mapRows(pages, (row) => (row.id === contact.id ? contact : row))
      : withFirst(pages, contact);
  });
}
