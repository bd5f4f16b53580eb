import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { useApi } from '@/api/client';
import { Problem } from '@/api/problem';
import { type Pages, rows, withoutRows } from '@/api/pages';
import { keys } from '@/api/queries';
import type { Block } from '@/api/types';
import { MemberRow, MemberRowsSkeleton, RowList } from '@/members/MemberRow';
import { isolated } from '@/members/names';
import { Button } from '@/ui/Button';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { useRowFocus } from '@/ui/focus';
import { LoadMore } from '@/ui/LoadMore';
import { Notice, ProblemNotice } from '@/ui/Notice';
import { Page } from '@/ui/Page';
import { Time } from '@/ui/Time';
import { useToasts } from '@/ui/toasts';
import type { NamedMember } from './BlockDialog';
import { useBlocks } from './useBlocks';

/** The members whom the member blocks: the only page that still shows them. */
export function BlockedPage() {
  const blocks = useBlocks();
  const list = useRowFocus<HTMLDivElement>();
  const shown = rows(blocks.data);
  return (
    <Page title="Blocked" intro="You and the members you block cannot see, find or invite each other. They are not told.">
      <div ref={list}>
        {blocks.isPending && <MemberRowsSkeleton count={1} />}
        {blocks.isError && !blocks.data && <ProblemNotice error={blocks.error} retry={() => void blocks.refetch()} />}
        {blocks.data && shown.length === 0 && !blocks.hasNextPage && (
          <div data-no-rows tabIndex={-1}>
            <Notice icon={ShieldCheck} title="You block nobody">
              <p>When somebody bothers you, open “More” (•••) on their profile or beside their name, and choose “Block”.</p>
            </Notice>
          </div>
        )}
        {shown.length > 0 && (
          <RowList label="Members whom you block">
            {shown.map((block) => (
              <li key={block.member.id} data-row>
                <BlockedRow block={block} />
              </li>
            ))}
          </RowList>
        )}
        <LoadMore list={blocks} label="More blocked members" />
      </div>
    </Page>
  );
}

/** A blocked member, with the button that lifts the block. */
function BlockedRow({ block: { member, blockedAt } }: { readonly block: Block }) {
  const [asking, setAsking] = useState(false);
  const unblock = useUnblock();
  return (
    <MemberRow
      card={member}
      level={2}
      linked={false}
      line={
        <p>
          Blocked <Time at={blockedAt} />
        </p>
      }
      actions={
        <>
          <Button busy={unblock.isPending} aria-label={`Lift block of ${isolated(member.displayName)}`} onClick={() => setAsking(true)}>
            Lift block
          </Button>
          {asking && (
            <ConfirmDialog
              title={`Lift the block of ${isolated(member.displayName)}?`}
              confirm="Lift block"
              onConfirm={() => {
                setAsking(false);
                unblock.mutate(member);
              }}
              onClose={() => setAsking(false)}
            >
              <p>
                You can see, find and invite each other again. What was between you before, an invite or a connection, does not come back.
              </p>
            </ConfirmDialog>
          )}
        </>
      }
    />
  );
}

/** Lifts a block. */
function useUnblock() {
  const api = useApi();
  const cache = useQueryClient();
  const toasts = useToasts();
  return useMutation({
    mutationFn: (member: NamedMember) => api.calls.DELETE('/api/blocks/{memberId}', { params: { path: { memberId: member.id } } }),
    onSuccess: (_, member) => {
      cache.setQueryData<Pages<Block>>(keys.blocks, (pages) => pages && withoutRows(pages, (block) => block.member.id === member.id));
      // Both can find each other again.
      for (const queryKey of [keys.allCreators, keys.favourites, keys.creator(member.id)]) {
        void cache.invalidateQueries({ queryKey });
      }

      toasts.done(`${isolated(member.displayName)} is no longer blocked`);
    },
    onError: (error, member) => toasts.refuse(`${isolated(member.displayName)} is still blocked`, Problem.from(error).detail),
  });
}
