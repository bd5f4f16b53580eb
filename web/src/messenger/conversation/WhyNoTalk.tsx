import { Link } from 'react-router';
import type { Contact } from '../../api/types';

/** Why the two cannot talk, and what to do about it. */
export function WhyNoTalk({ contact: { state, direction, other } }: { readonly contact: Contact }) {
  const name = <bdi>{other.displayName}</bdi>;
  if (state === 'removed') {
    return <>Your connection with {name} has ended, and this conversation with it. To talk again, one of you has to invite the other.</>;
  }

  if (state !== 'pending') {
    return <>You and {name} are not connected. You can talk once one of you has invited the other, and they have accepted.</>;
  }

  return direction === 'sent' ? (
    <>
      {name} has not answered your invite yet. When they accept, you can talk here.{' '}
      <Link to="/pending?direction=sent">See your invites</Link>
    </>
  ) : (
    <>
      {name} invites you to connect. When you accept, you can talk here. <Link to="/pending?direction=received">Answer the invite</Link>
    </>
  );
}
