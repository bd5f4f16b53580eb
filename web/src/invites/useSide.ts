import { useState } from 'react';
import type { Contact } from '../api/types';
import { inviteKey, sideOf, type Side } from './sides';

/** The parts of a side as long as the page is open: an invite that is answered meanwhile keeps its place. */
export function useSide(invites: readonly Contact[]): Side {
  const [waited, setWaited] = useState<ReadonlySet<string>>(new Set());
  const waiting = invites.filter((invite) => invite.state === 'pending').map(inviteKey);
  if (waiting.some((key) => !waited.has(key))) {
    setWaited(new Set([...waited, ...waiting]));
  }

  return sideOf(invites, waited);
}
