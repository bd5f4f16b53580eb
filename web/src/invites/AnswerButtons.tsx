import { useState } from 'react';
import { useAccept, useDecline, type ConnectionTarget } from '../connections/useConnectionActions';
import { Button } from '../ui/Button';
import { ConfirmDialog } from '../ui/ConfirmDialog';

/** Accepts an invite, or declines it after asking. */
export function AnswerButtons({ invite }: { readonly invite: ConnectionTarget }) {
  const accept = useAccept();
  const decline = useDecline();
  const [asking, setAsking] = useState(false);
  const name = invite.other.displayName;
  return (
    <>
      <Button aria-label={`Decline the invite of ${name}`} onClick={() => setAsking(true)}>
        Decline
      </Button>
      <Button tone="main" aria-label={`Accept the invite of ${name}`} onClick={() => accept.mutate(invite)}>
        Accept
      </Button>
      {asking && (
        <ConfirmDialog
          title={`Decline the invite of ${name}?`}
          confirm="Decline"
          onConfirm={() => {
            setAsking(false);
            decline.mutate(invite);
          }}
          onClose={() => setAsking(false)}
        >
          <p>They get no email about it, and cannot invite you again for some time, usually 21 days.</p>
        </ConfirmDialog>
      )}
    </>
  );
}
