import type { Contact } from '../api/types';

/** What somebody else did about a connection, and where to go on. */
export interface ConnectionNews {
  /** The same for the same thing told twice. */
  readonly id: string;
  readonly title: string;
  readonly action: string;
  readonly to: string;
}

// Events also tell of changes long after them, such as of a card's name: only what has just happened is news.
const newsFor = 60_000;

/** What is new about a connection that changed; undefined where it is nothing to tell, such as what the member did themselves. */
export function newsOf({ id, state, direction, invitedAt, answeredAt, other }: Contact, now: number): ConnectionNews | undefined {
  const isFresh = (at: string | undefined) => at !== undefined && Math.abs(now - Date.parse(at)) < newsFor;
  if (state === 'connected' && direction === 'sent' && isFresh(answeredAt)) {
    return {
      id: `${id} ${invitedAt} connected`,
      title: `${other.displayName} accepted your invite`,
      action: 'Chat',
      to: `/messages/${encodeURIComponent(id)}`,
    };
  }

  if (state === 'pending' && direction === 'received' && isFresh(invitedAt)) {
    return {
      id: `${id} ${invitedAt} invited`,
      title: `${other.displayName} invites you to connect`,
      action: 'Answer',
      to: '/pending?direction=received',
    };
  }

  return undefined;
}
