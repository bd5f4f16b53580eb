import { Problem } from '../api/problem';
import { ConfirmDialog } from '../ui/ConfirmDialog';
import { useBlock, type NamedMember } from './useBlock';

/** Asks before a block, and says what it does. */
export function BlockDialog({ member, onClose }: { readonly member: NamedMember; readonly onClose: () => void }) {
  const block = useBlock();
  return (
    <ConfirmDialog
      title={`Block ${member.displayName}?`}
      confirm="Block"
      tone="danger"
      busy={block.isPending}
      problem={block.error && Problem.from(block.error).detail}
      onConfirm={() => block.mutate(member, { onSuccess: onClose })}
      onClose={onClose}
    >
      <ul>
        <li>Neither of you sees, finds or invites the other.</li>
        <li>An invite or a connection between you ends, and with it your conversation.</li>
        <li>They are not told. You can lift the block on the page “Blocked”.</li>
      </ul>
    </ConfirmDialog>
  );
}
