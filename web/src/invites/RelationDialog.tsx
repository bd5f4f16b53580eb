import type { Card, Contact, Relation } from '@/api/types';
import { useContact } from '@/contacts/useContacts';
import { isolated } from '@/members/names';
import { invitesTexts } from '@/texts/invites';
import { texts } from '@/texts/texts';
import { Button } from '@/ui/Button';
import { Dialog, DialogActions } from '@/ui/Dialog';
import { Skeleton } from '@/ui/Skeleton';
import { formatDateTime } from '@/ui/Time';
import { AnswerDialog } from './AnswerDialog';
import { askAgainFrom, declinedBecause } from './declining';
import { InviteDialog } from './InviteDialog';
import { RevokeDialog } from './RevokeDialog';

const said = invitesTexts;

interface RelationDialogProps {
  readonly member: Pick<Card, 'id' | 'displayName'>;
  readonly relation: Relation;
  readonly onClose: () => void;
}

/** The dialog that the button of a relation opens. */
export function RelationDialog({ member, relation, onClose }: RelationDialogProps) {
  const { state, connectionId } = relation;
  const invite = connectionId === undefined ? undefined : { connectionId, other: member };
  return (
    <>
      {state === 'none' && <InviteDialog to={member} onClose={onClose} />}
      {state === 'invited' && invite && <RevokeDialog invite={invite} onClose={onClose} />}
      {state === 'received' && invite && <AnswerDialog invite={invite} onClose={onClose} />}
      {state === 'locked' && <LockedDialog member={member} relation={relation} onClose={onClose} />}
    </>
  );
}

/** Says why a member cannot be invited now, and when they can be. */
function LockedDialog({
  member,
  relation: { connectionId, until },
  onClose,
}: {
  readonly member: Pick<Card, 'displayName'>;
  readonly relation: Relation;
  readonly onClose: () => void;
}) {
  const connection = useContact(connectionId);
  const why = connection.data?.direction === 'sent' ? declinedBecause(connection.data) : undefined;
  const from = (connection.data && askAgainFrom(connection.data)) ?? (until === undefined ? undefined : formatDateTime(until));
  return (
    <Dialog title={texts.relation.locked(isolated(member.displayName))} onClose={onClose}>
      {connection.isLoading ? <Skeleton width="long" /> : <p>{lockReason(connection.data)}</p>}
      {why !== undefined && <p>{why}</p>}
      <p>{from === undefined ? said.lockEndsLater : said.lockEnds(from)}</p>
      <DialogActions>
        <Button tone="main" data-first onClick={onClose}>
          {said.ok}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

/** Which event locked the pair. */
function lockReason(contact: Contact | undefined): string {
  const reason = said.lockReason;
  const at = contact?.answeredAt && formatDateTime(contact.answeredAt);
  if (contact?.direction === 'sent' && contact.state === 'revoked') {
    return at === undefined ? reason.revoked : reason.revokedAt(at);
  }

  if (contact?.direction === 'sent' && contact.state === 'declined') {
    return at === undefined ? reason.declined : reason.declinedAt(at);
  }

  return reason.ended;
}
