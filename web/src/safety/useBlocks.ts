import { useInfiniteQuery } from '@tanstack/react-query';
import { body, useApi } from '@/api/client';
import { paged } from '@/api/pages';
import { keys } from '@/api/queries';
import type { Block } from '@/api/types';

/** The member's blocks, the latest first. */
export function useBlocks(enabled = true) {
  const api = useApi();
  return useInfiniteQuery({
    queryKey: keys.blocks,
    enabled,
    ...paged<Block>(api, async (signal) => body(await api.calls.GET('/api/blocks', { signal }))),
  });
}
