import type { ConnectionState, Contact } from '../api/types';
import type { ConnectionAction } from '../connections/useConnectionActions';

const outcomes: Record<ConnectionAction, ConnectionState> = {
  accept: 'connected',
  decline: 'declined',
  revoke: 'revoked',
  remove: 'removed',
};

/** A connection as it will be when what is under way is done; as it is, when nothing is. */
export function expected(contact: Contact, action: ConnectionAction | undefined): Contact {
  return action === undefined ? contact : { ...contact, state: outcomes[action] };
}
