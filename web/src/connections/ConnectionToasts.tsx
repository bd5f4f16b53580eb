import { useRef } from 'react';
import { useNavigate } from 'react-router';
import type { Contact } from '@/api/types';
import { useLiveEvent } from '@/live/live';
import { useToasts } from '@/ui/toasts';

/** Shows a toast when somebody accepts an invite or sends one. */
export function ConnectionToasts() {
  const toasts = useToasts();
  const navigate = useNavigate();
  // An event can arrive twice.
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

/** A toast about a connection that the other member changed. */
export interface ConnectionToasts {
  /** Identifies the change, so that the same event does not show two toasts. */
  readonly id: string;
  readonly title: string;
  readonly action: string;
  readonly to: string;
}

// Events are also sent for later changes, such as of a name. Only a change within this time is shown.
const newsFor = 60_000;

/** The toast for a connection that changed; undefined if there is nothing to tell, such as for the member's own action. */
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
