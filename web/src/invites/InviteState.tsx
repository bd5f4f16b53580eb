import type { Contact } from '../api/types';
import { Tag } from '../ui/Tag';
import { exactly, Time } from '../ui/Time';
import styles from './InviteState.module.css';

/** How an invite stands, and since when. */
export function InviteState({ invite, underWay }: { readonly invite: Contact; readonly underWay: boolean }) {
  return (
    <p className={styles.state}>
      <Words invite={invite} underWay={underWay} />
    </p>
  );
}

function Words({
  invite: { state, direction, invitedAt, expiresAt, answeredAt, until },
  underWay,
}: {
  readonly invite: Contact;
  readonly underWay: boolean;
}) {
  const sent = direction === 'sent';
  // Until the server has answered, it is since now.
  const since = !underWay && answeredAt !== undefined && <Time at={answeredAt} />;
  switch (state) {
    case 'pending':
      return (
        <>
          <Tag tone="wait">Waiting</Tag>
          <span>
            Invited <Time at={invitedAt} inDays />
          </span>
          {expiresAt !== undefined && (
            <span>
              Ends <Time at={expiresAt} inDays />
            </span>
          )}
        </>
      );
    case 'connected':
      return (
        <>
          <Tag tone="good">Connected</Tag>
          <span>
            {sent ? 'They accepted' : 'You accepted'} {since}
          </span>
        </>
      );
    case 'declined':
      return (
        <>
          <Tag tone="bad">Declined</Tag>
          <span>
            {sent ? 'They declined' : 'You declined'} {since}
          </span>
          {sent && until !== undefined && !underWay && <span>You can invite again from {exactly(until)}</span>}
        </>
      );
    case 'expired':
      return (
        <>
          <Tag>Ended</Tag>
          <span>
            {sent ? 'It got no answer, and ended' : 'You did not answer, and it ended'} {since}
          </span>
        </>
      );
    default:
      return <Tag>{state === 'revoked' ? 'Taken back' : 'Ended'}</Tag>;
  }
}
