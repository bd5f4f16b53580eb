import { ConfirmDialog } from '../../ui/ConfirmDialog';

/** Asks before a message is deleted. */
export function DeleteMessageDialog({ onDelete, onClose }: { readonly onDelete: () => void; readonly onClose: () => void }) {
  return (
    <ConfirmDialog title="Delete this message?" confirm="Delete message" tone="danger" onConfirm={onDelete} onClose={onClose}>
      <p>Its text goes for both of you. They see that a message was deleted.</p>
    </ConfirmDialog>
  );
}
