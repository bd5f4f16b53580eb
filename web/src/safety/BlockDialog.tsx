import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useApi } from '@/api/client';
import { Problem } from '@/api/problem';
import { keys } from '@/api/queries';
import type { Card } from '@/api/types';
import { isolated } from '@/members/names';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { navigate } from '@/ui/router';
import { useToasts } from '@/ui/toasts';
import { removeMember } from './removeMember';

/** Asks before a member is blocked, and explains what it does. */
export function BlockDialog({ member, onClose }: { readonly member: NamedMember; readonly onClose: () => void }) {
  const block = useBlock();
  return (
    <ConfirmDialog
      title={`Block ${isolated(member.displayName)}?`}
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

/** The part of a member that the safety dialogs need. */
export type NamedMember = Pick<Card, 'id' | 'displayName'>;

/** Blocks a member and removes them from every page. The caller shows a refusal. */
function useBlock() {
  const api = useApi();
  const cache = useQueryClient();
  const toasts = useToasts();
  return useMutation({
    mutationFn: (member: NamedMember) => api.calls.PUT('/api/blocks/{memberId}', { params: { path: { memberId: member.id } } }),
    onSuccess: (_, member) => {
      removeMember(cache, member.id);
      void cache.invalidateQueries({ queryKey: keys.blocks });
      toasts.done(`${isolated(member.displayName)} is blocked`, 'You can lift the block whenever you want.', {
        label: 'Show whom you block',
        run: () => navigate('/blocked'),
      });
    },
  });
}
