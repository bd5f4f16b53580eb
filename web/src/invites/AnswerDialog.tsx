import { type ConnectionTarget, useAccept, useDecline } from '@/contacts/useConnectionActions';
import { useContact } from '@/contacts/useContacts';
import { isolated } from '@/members/names';
import { Button } from '@/ui/Button';
import { Dialog, DialogActions } from '@/ui/Dialog';
import { Quote } from '@/ui/Quote';
import { Skeleton } from '@/ui/Skeleton';

/** Answers an invite from the sender's card or profile. Shows their note and what accepting means. */
export function AnswerDialog({ invite, onClose }: { readonly invite: ConnectionTarget; readonly onClose: () => void }) {
  const connection = useContact(invite.connectionId);
  const accept = useAccept();
  const decline = useDecline();
  return (
    <Dialog title={`${isolated(invite.other.displayName)} invited you to connect`} onClose={onClose}>
      {connection.isPending && <Skeleton width="long" />}
      {connection.data?.note !== undefined && <Quote text={connection.data.note} />}
      <p>If you accept, you can chat. It commits you to no campaign. If you decline, they get no email.</p>
      <DialogActions>
        <Button
          onClick={() => {
            decline.mutate(invite);
            onClose();
          }}
        >
          Decline
        </Button>
        <Button
          tone="main"
          data-first
          onClick={() => {
            accept.mutate(invite);
            onClose();
          }}
        >
          Accept
        </Button>
      </DialogActions>
    </Dialog>
  );
}
