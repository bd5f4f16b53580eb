import { rows } from '../api/queries';
import type { Contact, Direction } from '../api/types';
import { MemberRowSkeleton } from '../members/MemberRowSkeleton';
import { LoadMore } from '../ui/LoadMore';
import { ProblemNotice } from '../ui/ProblemNotice';
import { RowList } from '../ui/RowList';
import { Section } from '../ui/Section';
import { useRowFocus } from '../ui/useRowFocus';
import { InviteRow } from './InviteRow';
import styles from './InvitesSide.module.css';
import { NoInvites } from './NoInvites';
import { useInvites } from './useInvites';
import { useSide } from './useSide';

const words = {
  received: {
    waiting: 'Waiting for your answer',
    intro: 'If you accept, you can chat. It commits you to no campaign.',
    nothing: 'Nothing waits for your answer.',
    answered: 'Answered lately',
  },
  sent: {
    waiting: 'Waiting for an answer',
    intro: undefined,
    nothing: 'None of your invites waits for an answer.',
    answered: 'Answered lately',
  },
} as const;

/** The invites of one direction: first those that wait, then those that were answered. */
export function InvitesSide({ direction }: { readonly direction: Direction }) {
  const invites = useInvites(direction);
  const { waiting, answered } = useSide(rows(invites.data));
  const list = useRowFocus<HTMLDivElement>();
  const said = words[direction];
  return (
    <div ref={list} className={styles.side}>
      {invites.isPending && (
        <RowList>
          {[0, 1, 2].map((i) => (
            <li key={i}>
              <MemberRowSkeleton />
            </li>
          ))}
        </RowList>
      )}
      {invites.isError && !invites.data && <ProblemNotice error={invites.error} retry={() => void invites.refetch()} />}
      {invites.data && waiting.length + answered.length === 0 && !invites.hasNextPage && (
        <div data-no-rows tabIndex={-1}>
          <NoInvites direction={direction} />
        </div>
      )}
      {waiting.length + answered.length > 0 && (
        <Section title={said.waiting} intro={waiting.length > 0 ? said.intro : undefined}>
          {waiting.length > 0 ? (
            <InviteRows invites={waiting} />
          ) : (
            <p data-no-rows tabIndex={-1}>
              {said.nothing}
            </p>
          )}
        </Section>
      )}
      {answered.length > 0 && (
        <Section title={said.answered}>
          <InviteRows invites={answered} />
        </Section>
      )}
      <LoadMore
        hasMore={invites.hasNextPage}
        loading={invites.isFetchingNextPage}
        failed={invites.isFetchNextPageError}
        label="More invites"
        loadMore={() => void invites.fetchNextPage()}
      />
    </div>
  );
}

function InviteRows({ invites }: { readonly invites: readonly Contact[] }) {
  return (
    <RowList>
      {invites.map((invite) => (
        <li key={invite.id} data-row>
          <InviteRow invite={invite} />
        </li>
      ))}
    </RowList>
  );
}
