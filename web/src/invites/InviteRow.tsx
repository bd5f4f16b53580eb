import { currently, relationOf } from '../connections/relation';
import { RelationButton } from '../connections/RelationButton';
import { useActionUnderWay } from '../connections/useConnectionActions';
import type { Contact } from '../api/types';
import { MemberRow } from '../members/MemberRow';
import { SafetyMenu } from '../safety/SafetyMenu';
import { Quote } from '../ui/Quote';
import { useNow } from '../ui/useNow';
import { AnswerButtons } from './AnswerButtons';
import { InviteState } from './InviteState';
import { TakeBackButton } from './TakeBackButton';
import { expected } from './expected';

/** One invite: who, when, what they wrote, how it stands, and what can be done. */
export function InviteRow({ invite: known }: { readonly invite: Contact }) {
  const action = useActionUnderWay(known.id);
  const invite = expected(known, action);
  const { other, direction, state, note } = invite;
  const target = { connectionId: invite.id, other };
  const relation = currently(relationOf(invite), useNow());
  // To whom it was sent is a creator, and can be invited again; who sent it may be a brand.
  const goesOn =
    state === 'connected' ||
    (direction === 'sent' && (state === 'declined' || state === 'expired') && relation.state === 'none' && action === undefined);
  return (
    <MemberRow
      card={other}
      level={3}
      actions={
        <>
          {state === 'pending' && direction === 'received' && <AnswerButtons invite={target} />}
          {state === 'pending' && direction === 'sent' && <TakeBackButton invite={target} />}
          {goesOn && <RelationButton words member={other} relation={relation} />}
          <SafetyMenu member={other} connectionId={state === 'connected' ? invite.id : undefined} />
        </>
      }
    >
      {note !== undefined && <Quote text={note} />}
      <InviteState invite={invite} underWay={action !== undefined} />
    </MemberRow>
  );
}
