import type { Contact, Direction } from '@/api/types';

/** The direction that the address names, if any. */
export function directionIn(query: URLSearchParams): Direction | undefined {
  const direction = query.get('direction');
  return direction === 'sent' || direction === 'received' ? direction : undefined;
}

export interface InviteGroups {
  readonly waiting: readonly Contact[];
  readonly answered: readonly Contact[];
}

/**
 * Splits invites into pending and answered ones. An invite that was pending when the page was opened stays in its group, so that nothing
 * moves while the member reads or presses.
 */
export function groupInvites(invites: readonly Contact[], waitedBefore: ReadonlySet<string>): InviteGroups {
  const waits = (invite: Contact) => invite.state === 'pending' || waitedBefore.has(inviteKey(invite));
  return { waiting: invites.filter(waits), answered: invites.filter((invite) => !waits(invite)) };
}

/** Distinguishes an invite from a later one of the same pair. */
export function inviteKey({ id, invitedAt }: Contact): string {
  return `${id} ${invitedAt}`;
}
