import { Clock } from 'lucide-react';
import { useState } from 'react';
import type { ConnectionState, Contact } from '@/api/types';
import { relationAt, relationOf } from '@/contacts/relation';
import { type ConnectionAction, type ConnectionTarget, useAccept, usePendingAction } from '@/contacts/useConnectionActions';
import { MemberRow } from '@/members/MemberRow';
import { isolated } from '@/members/names';
import { SafetyMenu } from '@/safety/SafetyMenu';
import { invitesTexts } from '@/texts/invites';
import { Button } from '@/ui/Button';
import { Quote } from '@/ui/Quote';
import { Tag } from '@/ui/Tag';
import { Time, useNow } from '@/ui/Time';
import { DeclineDialog } from './DeclineDialog';
import { askAgainFrom, declinedBecause } from './declining';
import styles from './InviteRow.module.css';
import { RelationButton } from './RelationButton';
import { RevokeDialog } from './RevokeDialog';

const said = invitesTexts;
const { states } = said;

/** An invite: the other member, the note, the state, and the actions. */
export function InviteRow({ invite: known }: { readonly invite: Contact }) {
  const action = usePendingAction(known.id);
  const invite = withOutcome(known, action);
  const { other, direction, state, note } = invite;
  const target = { connectionId: invite.id, other };
  const relation = relationAt(relationOf(invite), useNow());
  // The receiver of an invite is a creator, who can be invited again. The sender may be a brand.
  const showsRelation =
    state === 'connected' ||
    (direction === 'sent' &&
      (state === 'declined' || state === 'expired' || state === 'revoked') &&
      relation.state === 'none' &&
      action === undefined);
  return (
    <MemberRow
      card={other}
      level={3}
      actions={
        <>
          {state === 'pending' && direction === 'received' && <AnswerButtons invite={target} />}
          {state === 'pending' && direction === 'sent' && <RevokeButton invite={target} />}
          {showsRelation && <RelationButton withText member={other} relation={relation} />}
          <SafetyMenu member={other} connectionId={state === 'connected' ? invite.id : undefined} />
        </>
      }
    >
      {note !== undefined && <Quote text={note} />}
      <p className={styles.state}>{stateText(invite, action !== undefined)}</p>
    </MemberRow>
  );
}

/** Accepts an invite, or declines it after a question, with a reason if there is one. */
function AnswerButtons({ invite }: { readonly invite: ConnectionTarget }) {
  const accept = useAccept();
  const [asking, setAsking] = useState(false);
  const name = isolated(invite.other.displayName);
  return (
    <>
      <Button aria-label={said.declineOf(name)} onClick={() => setAsking(true)}>
        {said.decline}
      </Button>
      <Button tone="main" aria-label={said.acceptOf(name)} onClick={() => accept.mutate(invite)}>
        {said.accept}
      </Button>
      {asking && <DeclineDialog invite={invite} onClose={() => setAsking(false)} />}
    </>
  );
}

/** Revokes an invite after a confirmation. */
function RevokeButton({ invite }: { readonly invite: ConnectionTarget }) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button icon={Clock} aria-label={said.revokeOf(isolated(invite.other.displayName))} onClick={() => setAsking(true)}>
        {said.revoke}
      </Button>
      {asking && <RevokeDialog invite={invite} onClose={() => setAsking(false)} />}
    </>
  );
}

/** The state of an invite, and since when. */
function stateText(invite: Contact, isPending: boolean) {
  const { state, direction, invitedAt, expiresAt, answeredAt, undeliveredAt } = invite;
  const sent = direction === 'sent';
  // The server's time is not known yet.
  const since = !isPending && answeredAt !== undefined && <Time at={answeredAt} />;
  const from = askAgainFrom(invite);
  const again = from !== undefined && <span>{said.again(from)}</span>;
  const why = declinedBecause(invite);
  switch (state) {
    case 'pending':
      return (
        <>
          {undeliveredAt === undefined ? <Tag tone="wait">{states.waiting}</Tag> : <Tag tone="bad">{states.undelivered}</Tag>}
          {undeliveredAt !== undefined && <span>{said.since.undelivered}</span>}
          <span>{said.since.invited(<Time at={invitedAt} inDays />)}</span>
          {expiresAt !== undefined && <span>{said.since.ends(<Time at={expiresAt} inDays />)}</span>}
        </>
      );
    case 'connected':
      return (
        <>
          <Tag tone="good">{states.connected}</Tag>
          <span>{(sent ? said.since.theyAccepted : said.since.youAccepted)(since)}</span>
        </>
      );
    case 'declined':
      return (
        <>
          <Tag tone="bad">{states.declined}</Tag>
          <span>{(sent ? said.since.theyDeclined : said.since.youDeclined)(since)}</span>
          {why !== undefined && <span>{why}</span>}
          {sent && !isPending && again}
        </>
      );
    case 'revoked':
      return (
        <>
          <Tag>{states.revoked}</Tag>
          {sent && <span>{said.since.youRevoked(since)}</span>}
          {sent && !isPending && again}
        </>
      );
    case 'expired':
      return (
        <>
          <Tag>{states.ended}</Tag>
          <span>{(sent ? said.since.sentExpired : said.since.receivedExpired)(since)}</span>
          {sent && again}
        </>
      );
    default:
      return <Tag>{states.ended}</Tag>;
  }
}

const outcomes: Record<ConnectionAction, ConnectionState> = {
  accept: 'connected',
  decline: 'declined',
  revoke: 'revoked',
  remove: 'removed',
};

/** The connection as it will be when the action succeeds. */
function withOutcome(contact: Contact, action: ConnectionAction | undefined): Contact {
  return action === undefined ? contact : { ...contact, state: outcomes[action] };
}
