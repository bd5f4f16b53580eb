import { useState } from 'react';
import type { Card, Relation } from '../api/types';
import { AnswerDialog } from '../invites/AnswerDialog';
import { InviteDialog } from '../invites/InviteDialog';
import { RevokeDialog } from '../invites/RevokeDialog';
import { Button } from '../ui/Button';
import { ButtonLink } from '../ui/ButtonLink';
import { IconButton } from '../ui/IconButton';
import { IconLink } from '../ui/IconLink';
import { useKeepFocus } from '../ui/useKeepFocus';
import { useNow } from '../ui/useNow';
import { LockedDialog } from './LockedDialog';
import { currently } from './relation';
import styles from './RelationButton.module.css';
import { lookOf } from './relationLook';

interface RelationButtonProps {
  readonly member: Pick<Card, 'id' | 'displayName'>;
  readonly relation: Relation;
  /** With words, where it stands alone; only its icon on a card. */
  readonly words?: boolean;
}

/** What can be done about a member as things stand: **+** invites, the **clock** takes the invite back, the **chat** talks. */
export function RelationButton({ member, relation: shown, words = false }: RelationButtonProps) {
  const relation = currently(shown, useNow());
  const { state, connectionId } = relation;
  // About what was asked: the question goes away when what it is about has changed meanwhile.
  const [asked, setAsked] = useState<Relation['state']>();
  const focus = useKeepFocus<HTMLSpanElement>(state);
  const { icon, label, words: said, tone } = lookOf(relation, member.displayName);
  const close = () => setAsked(undefined);
  const invite = connectionId === undefined ? undefined : { connectionId, other: member };
  // The server has not answered yet: there is nothing to take back.
  const waits = state === 'invited' && !invite;
  const press = { onClick: waits ? undefined : () => setAsked(state), 'aria-disabled': waits || undefined };
  const chat = state === 'connected' && invite ? `/messages/${encodeURIComponent(invite.connectionId)}` : undefined;
  return (
    <span className={styles.relation} {...focus}>
      {words &&
        (chat === undefined ? (
          <Button icon={icon} tone={tone} title={label} {...press}>
            {said}
          </Button>
        ) : (
          <ButtonLink to={chat} icon={icon} tone={tone}>
            {said}
          </ButtonLink>
        ))}
      {!words &&
        (chat === undefined ? (
          <IconButton icon={icon} label={label} className={styles.icon} data-state={state} {...press} />
        ) : (
          <IconLink to={chat} icon={icon} label={label} className={styles.icon} state={state} />
        ))}
      {asked === state && (
        <>
          {state === 'none' && <InviteDialog to={member} onClose={close} />}
          {state === 'invited' && invite && <RevokeDialog invite={invite} onClose={close} />}
          {state === 'received' && invite && <AnswerDialog invite={invite} onClose={close} />}
          {state === 'locked' && <LockedDialog member={member} until={relation.until} onClose={close} />}
        </>
      )}
    </span>
  );
}
