import { serverNow } from '@/api/serverTime';
import type { Contact, Relation } from '@/api/types';

/** The relation that a card shows for a connection, as the member sees it. */
export function relationOf(contact: Contact): Relation {
  const { id: connectionId, state, direction, until } = contact;
  if (state === 'connected') {
    return { state: 'connected', connectionId };
  }

  if (state === 'pending') {
    return { state: direction === 'sent' ? 'invited' : 'received', connectionId };
  }

  return until !== undefined && Date.parse(until) > serverNow()
    ? { state: 'locked', connectionId, until }
    : { state: 'none', connectionId };
}

/** A relation at a time: a lock opens when its time has come. */
export function relationAt(relation: Relation, now: number): Relation {
  return relation.state === 'locked' && relation.until !== undefined && Date.parse(relation.until) <= now
    ? { ...relation, state: 'none' }
    : relation;
}
