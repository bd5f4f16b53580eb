import { ConfirmDialog } from '../ui/ConfirmDialog';

interface UnsentDialogProps {
  /** How many messages are not sent yet. */
  readonly count: number;
  readonly onSignOut: () => void;
  readonly onClose: () => void;
}

/** Asks before a member who signs out loses what is not sent: nothing of theirs stays at this browser. */
export function UnsentDialog({ count, onSignOut, onClose }: UnsentDialogProps) {
  return (
    <ConfirmDialog title="Sign out now?" confirm="Sign out" cancel="Stay" tone="danger" onConfirm={onSignOut} onClose={onClose}>
      <p>
        {count === 1 ? 'A message is not sent yet. It is' : `${count} messages are not sent yet. They are`} lost when you sign out, so that
        the next person at this browser cannot read your words.
      </p>
    </ConfirmDialog>
  );
}
