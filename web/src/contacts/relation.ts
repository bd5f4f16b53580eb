import type { Contact, Relation } from '@/api/types';

/** What is between the member and the other side, as a card shows it, from the connection as the member sees it. */
export function relationOf(contact: Contact): Relation {
  const { id: connectionId, state, direction, until } = contact;
  if (state === 'connected') {
    return { state: 'connected', connectionId };
  }

  if (state === 'pending') {
    return { state: direction === 'sent' ? 'invited' : 'received', connectionId };
  }

  return until !== undefined && Date.parse(until) > Date.now() ? { state: 'locked', connectionId, until } : { state: 'none', connectionId };
}

/** What is shown of a relation as time goes by: a lock opens by itself. */
export function relationAt(relation: Relation, now: number): Relation {
  return relation.state === 'locked' && relation.until !== undefined && Date.parse(relation.until) <= now
    ? { ...relation, state: 'none' }
    : relation;
}
