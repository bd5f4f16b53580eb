import { ShieldCheck } from 'lucide-react';
import { rows } from '../api/queries';
import { MemberRowSkeleton } from '../members/MemberRowSkeleton';
import { LoadMore } from '../ui/LoadMore';
import { Notice } from '../ui/Notice';
import { Page } from '../ui/Page';
import { ProblemNotice } from '../ui/ProblemNotice';
import { RowList } from '../ui/RowList';
import { useRowFocus } from '../ui/useRowFocus';
import { BlockedRow } from './BlockedRow';
import { useBlocks } from './useBlocks';

/** Whom the member blocks: the only place where they still see them. */
export function BlockedPage() {
  const blocks = useBlocks();
  const list = useRowFocus<HTMLDivElement>();
  const shown = rows(blocks.data);
  return (
    <Page title="Blocked" intro="You and whom you block do not see, find or invite each other. They are not told.">
      <div ref={list}>
        {blocks.isPending && (
          <RowList>
            <li>
              <MemberRowSkeleton />
            </li>
          </RowList>
        )}
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
        <LoadMore
          hasMore={blocks.hasNextPage}
          loading={blocks.isFetchingNextPage}
          failed={blocks.isFetchNextPageError}
          label="More blocked members"
          loadMore={() => void blocks.fetchNextPage()}
        />
      </div>
    </Page>
  );
}
