import { type ConnectionTarget, useRevoke } from '@/contacts/useConnectionActions';
import { isolated } from '@/members/names';
import { ConfirmDialog } from '@/ui/ConfirmDialog';

/** Asks before an invite is revoked. */
export function RevokeDialog({ invite, onClose }: { readonly invite: ConnectionTarget; readonly onClose: () => void }) {
  const revoke = useRevoke();
  return (
    <ConfirmDialog
      title={`Take back your invite to ${isolated(invite.other.displayName)}?`}
      confirm="Take it back"
      cancel="Keep it"
      tone="danger"
      onConfirm={() => {
        revoke.mutate(invite);
        onClose();
      }}
      onClose={onClose}
    >
      <p>
        They get no email about it, and the links in the email that they have got stop working. You have to wait, usually for 21 days,
        before you can invite them again. Right after, you can undo it for ten seconds.
      </p>
    </ConfirmDialog>
  );
}
