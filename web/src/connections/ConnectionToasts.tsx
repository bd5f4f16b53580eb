import { useRef } from 'react';
import { useNavigate } from 'react-router';
import type { Contact } from '@/api/types';
import { useLiveEvent } from '@/live/live';
import { useToasts } from '@/ui/toasts';

/** Says it, wherever on the page one is, when somebody accepts an invite or sends one. */
export function ConnectionToasts() {
  const toasts = useToasts();
  const navigate = useNavigate();
  // An event can come twice.
  const told = useRef(new Set<string>());
  useLiveEvent((event) => {
    const news = event.type === 'connection.changed' ? toastFor(event.contact, Date.now()) : undefined;
    if (news && !told.current.has(news.id)) {
      told.current.add(news.id);
      toasts.done(news.title, undefined, { label: news.action, run: () => void navigate(news.to) });
    }
  });
  return null;
}

/** What somebody else did about a connection, and where to go on. */
export interface ConnectionToasts {
  /** The same for the same thing told twice. */
  readonly id: string;
  readonly title: string;
  readonly action: string;
  readonly to: string;
}

// Events also tell of changes long after them, such as of a card's name: only what has just happened is news.
const newsFor = 60_000;

/** What is new about a connection that changed; undefined where it is nothing to tell, such as what the member did themselves. */
export function toastFor({ id, state, direction, invitedAt, answeredAt, other }: Contact, now: number): ConnectionToasts | undefined {
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
