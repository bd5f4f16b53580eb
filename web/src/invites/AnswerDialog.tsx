import { useState } from 'react';
import { type ConnectionTarget, useAccept, useDecline } from '@/contacts/useConnectionActions';
import { useContact } from '@/contacts/useContacts';
import { isolated } from '@/members/names';
import { invitesTexts } from '@/texts/invites';
import { Button } from '@/ui/Button';
import { Dialog, DialogActions } from '@/ui/Dialog';
import { Quote } from '@/ui/Quote';
import { Skeleton } from '@/ui/Skeleton';
import { DeclineDialog } from './DeclineDialog';

const said = invitesTexts;

/** Answers an invite from the sender's card or profile. Shows their note and what accepting means. */
export function AnswerDialog({ invite, onClose }: { readonly invite: ConnectionTarget; readonly onClose: () => void }) {
  const connection = useContact(invite.connectionId);
  const accept = useAccept();
  const decline = useDecline();
  const [explains, setExplains] = useState(false);
  if (explains) {
    return <DeclineDialog invite={invite} onClose={onClose} />;
  }

  return (
    <Dialog title={said.invitedYou(isolated(invite.other.displayName))} onClose={onClose}>
      {connection.isPending && <Skeleton width="long" />}
      {connection.data?.note !== undefined && <Quote text={connection.data.note} />}
      <p>{said.answerMeans}</p>
      <DialogActions>
        <Button tone="quiet" onClick={() => setExplains(true)}>
          {said.declineWithReason}
        </Button>
        <Button
          onClick={() => {
            decline.mutate(invite);
            onClose();
          }}
        >
          {said.decline}
        </Button>
        <Button
          tone="main"
          data-first
          onClick={() => {
            accept.mutate(invite);
            onClose();
          }}
        >
          {said.accept}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
