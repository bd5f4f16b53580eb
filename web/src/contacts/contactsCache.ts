import type { QueryClient, QueryKey } from '@tanstack/react-query';
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
  showAmongConversations(cache, contact);
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

const conversationLists = [keys.connections, keys.ended, keys.allInbox];

/** A connection, from wherever it was cached. */
export function cachedContact(cache: QueryClient, connectionId: string): Contact | undefined {
  return (
    cache.getQueryData<Contact>(keys.connection(connectionId)) ??
    conversationLists
      .flatMap((queryKey) => cache.getQueriesData<Pages<Contact>>({ queryKey }))
      .flatMap(([, pages]) => rows(pages))
      .find((row) => row.id === connectionId)
  );
}

/** Updates a connection in the list of connections and in the messenger. */
export function changeContact(cache: QueryClient, connectionId: string, change: (contact: Contact) => Contact): void {
  cache.setQueryData<Contact>(keys.connection(connectionId), (contact) => contact && change(contact));
  for (const queryKey of [keys.connections, keys.allInbox]) {
    cache.setQueriesData<Pages<Contact>>(
      { queryKey },
      (pages) => pages && mapRows(pages, (row) => (row.id === connectionId ? change(row) : row)),
    );
  }
}

/** Updates cards in every list. */
export function forEachCard(cache: QueryClient, change: (card: CallersCard) => CallersCard): void {
  for (const queryKey of keys.cards) {
    cache.setQueriesData<Pages<CallersCard>>({ queryKey }, (pages) => pages && mapRows(pages, change));
  }
}

function showAmongInvites(cache: QueryClient, contact: Contact): void {
  const directions: readonly Direction[] = ['sent', 'received'];
  for (const direction of directions) {
    // Removed connections are not listed, and revoked invites only for their sender. A new invite of the same pair can have the other
    // direction, and is at the top.
    const isListed =
      contact.direction === direction && contact.state !== 'removed' && (contact.state !== 'revoked' || direction === 'sent');
    list(cache, keys.invites(direction), contact, isListed, ({ invitedAt }) => invitedAt === contact.invitedAt);
  }
}

function showAmongConversations(cache: QueryClient, contact: Contact): void {
  list(cache, keys.connections, contact, contact.state === 'connected');
  // The lists of the inbox change only rows that they have. Others come when they are read again.
  cache.setQueriesData<Pages<Contact>>(
    { queryKey: keys.allInbox },
    (pages) => pages && mapRows(pages, (row) => (row.id === contact.id ? contact : row)),
  );
  list(cache, keys.ended, contact, contact.endedAt !== undefined && !contact.blocked);
}

/** Updates a contact in a list, or removes it. It keeps its place if the list has it already and `stays`; otherwise it is at the top. */
function list(
  cache: QueryClient,
  queryKey: QueryKey,
  contact: Contact,
  isListed: boolean,
  stays: (row: Contact) => boolean = () => true,
): void {
  const isIt = ({ id }: Contact) => id === contact.id;
  cache.setQueryData<Pages<Contact>>(queryKey, (pages) => {
    if (!pages || (isListed && rows(pages).some((row) => isIt(row) && stays(row)))) {
      return pages && mapRows(pages, (row) => (isIt(row) ? contact : row));
    }

    const others = withoutRows(pages, isIt);
    return isListed ? withFirst(others, contact) : others;
  });
}
