import { type ConnectionTarget, useRevoke } from '@/contacts/useConnectionActions';
import { isolated } from '@/members/names';
import { invitesTexts } from '@/texts/invites';
import { ConfirmDialog } from '@/ui/ConfirmDialog';

const said = invitesTexts;

/** Asks before an invite is revoked. */
export function RevokeDialog({ invite, onClose }: { readonly invite: ConnectionTarget; readonly onClose: () => void }) {
  const revoke = useRevoke();
  return (
    <ConfirmDialog
      title={said.revokeAsk(isolated(invite.other.displayName))}
      confirm={said.revokeConfirm}
      cancel={said.revokeKeep}
      tone="danger"
      onConfirm={() => {
        revoke.mutate(invite);
        onClose();
      }}
      onClose={onClose}
    >
      <p>{said.revokeMeans}</p>
    </ConfirmDialog>
  );
}
