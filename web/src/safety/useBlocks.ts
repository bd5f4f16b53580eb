import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { body, useApi } from '../api/client';
import { withoutRows } from '../api/pages';
import { Problem } from '../api/problem';
import { keys, paging, type Pages } from '../api/queries';
import type { Block, Page } from '../api/types';
import { useToasts } from '../ui/toasts';
import type { NamedMember } from './useBlock';

/** Those whom the member blocks, the latest first. */
export function useBlocks() {
  const api = useApi();
  return useInfiniteQuery({
    queryKey: keys.blocks,
    queryFn: async ({ pageParam, signal }): Promise<Page<Block>> =>
      pageParam === undefined ? body(await api.calls.GET('/api/blocks', { signal })) : await api.follow<Block>(pageParam, signal),
    ...paging,
  });
}

/** Lifts a block. What was refused is the caller's to show. */
export function useUnblock() {
  const api = useApi();
  const cache = useQueryClient();
  const toasts = useToasts();
  return useMutation({
    mutationFn: (member: NamedMember) => api.calls.DELETE('/api/blocks/{memberId}', { params: { path: { memberId: member.id } } }),
    onSuccess: (_, member) => {
      cache.setQueryData<Pages<Block>>(keys.blocks, (pages) => pages && withoutRows(pages, (block) => block.member.id === member.id));
      // They can be found again.
      for (const queryKey of [keys.allCreators, keys.favourites, keys.creator(member.id)]) {
        void cache.invalidateQueries({ queryKey });
      }

      toasts.done(`${member.displayName} is no longer blocked`);
    },
    onError: (error, member) => toasts.refuse(`${member.displayName} is still blocked`, Problem.from(error).detail),
  });
}
