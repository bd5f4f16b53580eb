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
import { safetyTexts } from '@/texts/safety';
import { texts } from '@/texts/texts';
import { Button, ButtonLink } from '@/ui/Button';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { useRowFocus } from '@/ui/focus';
import { LoadMore } from '@/ui/LoadMore';
import { Notice, ProblemNotice } from '@/ui/Notice';
import { Page } from '@/ui/Page';
import { Time } from '@/ui/Time';
import { useToasts } from '@/ui/toasts';
import type { NamedMember } from './BlockDialog';
import { useBlocks } from './useBlocks';

const said = safetyTexts;

/** The members whom the member blocks: the only page that still shows them. */
export function BlockedPage() {
  const blocks = useBlocks();
  const list = useRowFocus<HTMLDivElement>();
  const shown = rows(blocks.data);
  return (
    <Page title={texts.pages.blocked} intro={said.blockedIntro}>
      <div ref={list}>
        {blocks.isPending && <MemberRowsSkeleton count={1} />}
        {blocks.isError && !blocks.data && <ProblemNotice error={blocks.error} retry={() => void blocks.refetch()} />}
        {blocks.data && shown.length === 0 && !blocks.hasNextPage && (
          <div data-no-rows tabIndex={-1}>
            <Notice icon={ShieldCheck} title={said.blockedNobody}>
              <p>{said.blockedNobodyHow}</p>
            </Notice>
          </div>
        )}
        {shown.length > 0 && (
          <RowList label={said.blockedList}>
            {shown.map((block) => (
              <li key={block.member.id} data-row>
                <BlockedRow block={block} />
              </li>
            ))}
          </RowList>
        )}
        <LoadMore list={blocks} label={said.blockedMore} />
      </div>
    </Page>
  );
}

/** A blocked member, with the button that lifts the block. */
function BlockedRow({ block: { member, blockedAt, connectionId } }: { readonly block: Block }) {
  const [asking, setAsking] = useState(false);
  const unblock = useUnblock();
  return (
    <MemberRow
      card={member}
      level={2}
      linked={false}
      line={<p>{said.blockedAt(<Time at={blockedAt} />)}</p>}
      actions={
        <>
          {connectionId !== undefined && (
            <ButtonLink to={`/messages/${encodeURIComponent(connectionId)}`} label={said.readMessagesWith(isolated(member.displayName))}>
              {said.readMessages}
            </ButtonLink>
          )}
          <Button busy={unblock.isPending} aria-label={said.liftOf(isolated(member.displayName))} onClick={() => setAsking(true)}>
            {said.lift}
          </Button>
          {asking && (
            <ConfirmDialog
              title={said.liftAsk(isolated(member.displayName))}
              confirm={said.lift}
              onConfirm={() => {
                setAsking(false);
                unblock.mutate(member);
              }}
              onClose={() => setAsking(false)}
            >
              <p>{said.liftMeans}</p>
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

      toasts.done(said.lifted(isolated(member.displayName)));
    },
    onError: (error, member) => toasts.refuse(said.notLifted(isolated(member.displayName)), Problem.from(error).detail),
  });
}
