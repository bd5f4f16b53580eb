import type { Contact, Direction } from '@/api/types';

/** The side of the pending page that an address names; undefined where it names none. */
export function directionIn(query: URLSearchParams): Direction | undefined {
  const direction = query.get('direction');
  return direction === 'sent' || direction === 'received' ? direction : undefined;
}

/** The two parts of a side. */
export interface InviteGroups {
  readonly waiting: readonly Contact[];
  readonly answered: readonly Contact[];
}

/**
 * Parts invites into those that wait and those that were answered. One that waited when the page was opened stays among those that
 * wait, with its answer: nothing moves away under a finger or an eye.
 */
export function groupInvites(invites: readonly Contact[], waitedBefore: ReadonlySet<string>): InviteGroups {
  const waits = (invite: Contact) => invite.state === 'pending' || waitedBefore.has(inviteKey(invite));
  return { waiting: invites.filter(waits), answered: invites.filter((invite) => !waits(invite)) };
}

/** Tells one invite of a pair from a later one. */
export function inviteKey({ id, invitedAt }: Contact): string {
  return `${id} ${invitedAt}`;
}
