import { rows } from '../api/queries';
import { useInvites } from './useInvites';

/** How many invites wait for the member's answer, of the newest that are read. */
export function useReceivedCount(): number {
  const received = useInvites('received');
  return rows(received.data).filter((invite) => invite.state === 'pending').length;
}
