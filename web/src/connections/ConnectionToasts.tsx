import { useRef } from 'react';
import { serverNow } from '@/api/serverTime';
import type { Contact } from '@/api/types';
import { useLiveEvent } from '@/live/live';
import { isolated } from '@/members/names';
import { texts } from '@/texts/texts';
import { navigate } from '@/ui/router';
import { useToasts } from '@/ui/toasts';

/** Shows a toast when somebody accepts an invite or sends one. */
export function ConnectionToasts() {
  const toasts = useToasts();
  // An event can arrive twice.
  const shown = useRef(new Set<string>());
  // By connection, how to withdraw the toast of its invite.
  const invites = useRef(new Map<string, () => void>());
  useLiveEvent((event) => {
    if (event.type !== 'connection.changed') {
      return;
    }

    const { id, state } = event.contact;
    if (state !== 'pending') {
      invites.current.get(id)?.();
      invites.current.delete(id);
    }

    const toast = toastFor(event.contact, serverNow());
    if (toast && !shown.current.has(toast.id)) {
      shown.current.add(toast.id);
      const withdraw = toasts.done(toast.title, undefined, { label: toast.action, run: () => navigate(toast.to) });
      if (state === 'pending') {
        invites.current.set(id, withdraw);
      }
    }
  });
  return null;
}

/** A toast about a connection that the other member changed. */
interface ConnectionToast {
  /** Identifies the change, so that the same event does not show two toasts. */
  readonly id: string;
  readonly title: string;
  readonly action: string;
  readonly to: string;
}

// Events are also sent for later changes, such as of a name. Only a change within this time is shown.
const freshFor = 60_000;

/** The toast for a connection that changed; undefined if there is nothing to tell, such as for the member's own action. */
export function toastFor({ id, state, direction, invitedAt, answeredAt, other }: Contact, now: number): ConnectionToast | undefined {
  const isFresh = (at: string | undefined) => at !== undefined && Math.abs(now - Date.parse(at)) < freshFor;
  if (state === 'connected' && direction === 'sent' && isFresh(answeredAt)) {
    return {
      id: `${id} ${invitedAt} connected`,
      title: texts.connections.accepted(isolated(other.displayName)),
      action: texts.common.chat,
      to: `/messages/${encodeURIComponent(id)}`,
    };
  }

  if (state === 'pending' && direction === 'received' && isFresh(invitedAt)) {
    return {
      id: `${id} ${invitedAt} invited`,
      title: texts.connections.invites(isolated(other.displayName)),
      action: texts.connections.answer,
      to: '/pending?direction=received',
    };
  }

  return undefined;
}
