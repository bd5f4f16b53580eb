import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { useApi } from '../api/client';
import { keys } from '../api/queries';
import type { Card } from '../api/types';
import { useToasts } from '../ui/toasts';
import { dropMember } from './dropMember';

/** A member as the dialogs about safety speak of them. */
export type NamedMember = Pick<Card, 'id' | 'displayName'>;

/** Blocks a member. Once it is done nothing on any page shows them; what was refused is the caller's to show. */
export function useBlock() {
  const api = useApi();
  const cache = useQueryClient();
  const toasts = useToasts();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (member: NamedMember) => api.calls.PUT('/api/blocks/{memberId}', { params: { path: { memberId: member.id } } }),
    onSuccess: (_, member) => {
      dropMember(cache, member.id);
      void cache.invalidateQueries({ queryKey: keys.blocks });
      toasts.done(`${member.displayName} is blocked`, 'You can lift the block whenever you want.', {
        label: 'Show whom you block',
        run: () => void navigate('/blocked'),
      });
    },
  });
}
