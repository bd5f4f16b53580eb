import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useApi } from '@/api/client';
import { Problem } from '@/api/problem';
import { keys } from '@/api/queries';
import type { Card } from '@/api/types';
import { isolated } from '@/members/names';
import { safetyTexts } from '@/texts/safety';
import { texts } from '@/texts/texts';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { navigate } from '@/ui/router';
import { useToasts } from '@/ui/toasts';
import { removeMember } from './removeMember';

const said = safetyTexts;

/** Asks before a member is blocked, and explains what it does. */
export function BlockDialog({ member, onClose }: { readonly member: NamedMember; readonly onClose: () => void }) {
  const block = useBlock();
  return (
    <ConfirmDialog
      title={said.block(isolated(member.displayName))}
      confirm={texts.common.block}
      tone="danger"
      busy={block.isPending}
      problem={block.error && Problem.from(block.error).detail}
      onConfirm={() => block.mutate(member, { onSuccess: onClose })}
      onClose={onClose}
    >
      <ul>
        {Object.values(said.blockMeans).map((what) => (
          <li key={what}>{what}</li>
        ))}
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
      toasts.done(said.blocked(isolated(member.displayName)), said.canLift, {
        label: said.showBlocked,
        run: () => navigate('/blocked'),
      });
    },
  });
}
