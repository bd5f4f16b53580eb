import type { ConnectionTarget } from '../connections/useConnectionActions';
import { useRemove } from '../connections/useConnectionActions';
import { ConfirmDialog } from '../ui/ConfirmDialog';

/** Asks before a connection is ended, and says what that does. */
export function EndConnectionDialog({ target, onClose }: { readonly target: ConnectionTarget; readonly onClose: () => void }) {
  const remove = useRemove();
  return (
    <ConfirmDialog
      title={`End your connection with ${target.other.displayName}?`}
      confirm="End connection"
      tone="danger"
      onConfirm={() => {
        remove.mutate(target);
        onClose();
      }}
      onClose={onClose}
    >
      <p>
        Neither of you can read or write in your conversation from then on. They see that it ended. To talk again, one of you has to invite
        the other.
      </p>
    </ConfirmDialog>
  );
}
