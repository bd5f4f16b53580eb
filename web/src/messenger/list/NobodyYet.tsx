import { MessagesSquare } from 'lucide-react';
import { Link } from 'react-router';
import { useMe } from '../../members/useMe';
import { ButtonLink } from '../../ui/ButtonLink';
import { Notice } from '../../ui/Notice';

/** The list of somebody without a connection: how one comes to talk. */
export function NobodyYet() {
  const { kind } = useMe();
  return (
    <Notice
      icon={MessagesSquare}
      title="No conversations yet"
      action={
        <ButtonLink to="/" tone="main">
          Explore creators
        </ButtonLink>
      }
    >
      <p>
        {kind === 'creator'
          ? 'When you accept an invite, or somebody accepts yours, you can talk here.'
          : 'Invite a creator to connect. When they accept, you can talk here.'}{' '}
        What waits for an answer is under <Link to="/pending">Pending</Link>.
      </p>
    </Notice>
  );
}
