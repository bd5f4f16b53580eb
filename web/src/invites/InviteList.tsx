import { Clock, Inbox } from 'lucide-react';
import { useState } from 'react';
import { rows } from '@/api/pages';
import type { Contact, Direction } from '@/api/types';
import { MemberRowsSkeleton, RowList } from '@/members/MemberRow';
import { useMe } from '@/members/useMe';
import { ButtonLink, ExploreLink } from '@/ui/Button';
import { useRowFocus } from '@/ui/focus';
import { LoadMore } from '@/ui/LoadMore';
import { Notice, ProblemNotice } from '@/ui/Notice';
import { Section } from '@/ui/Page';
import { inviteKey, type InviteGroups, groupInvites } from './inviteGroups';
import styles from './InviteList.module.css';
import { InviteRow } from './InviteRow';
import { useInvites, useRevokedInvites } from './useInvites';

const words = {
  received: {
    waiting: 'Waiting for your answer',
    intro: 'If you accept, you can chat. It commits you to no campaign.',
    nothing: 'Nothing waits for your answer.',
    answered: 'Answered recently',
  },
  sent: {
    waiting: 'Waiting for an answer',
    intro: undefined,
    nothing: 'None of your invites waits for an answer.',
    answered: 'Answered recently',
  },
} as const;

/** The invites of one direction: the pending ones, then the answered ones. */
export function InviteList({ direction }: { readonly direction: Direction }) {
  const invites = useInvites(direction);
  const revoked = useRevokedInvites();
  const listed = rows(invites.data);
  const { waiting, answered } = useInviteGroups(
    direction === 'sent' ? [...listed, ...revoked.filter((one) => !listed.some(({ id }) => id === one.id))] : listed,
  );
  const list = useRowFocus<HTMLDivElement>();
  const said = words[direction];
  return (
    <div ref={list} className={styles.list}>
      {invites.isPending && <MemberRowsSkeleton />}
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
      <LoadMore list={invites} label="More invites" />
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

/** The groups while the page is open: an invite that is answered meanwhile keeps its place. */
function useInviteGroups(invites: readonly Contact[]): InviteGroups {
  const [waited, setWaited] = useState<ReadonlySet<string>>(new Set());
  const waiting = invites.filter((invite) => invite.state === 'pending').map(inviteKey);
  if (waiting.some((key) => !waited.has(key))) {
    setWaited(new Set([...waited, ...waiting]));
  }

  return groupInvites(invites, waited);
}

/** The notice in an empty list of invites. */
function NoInvites({ direction }: { readonly direction: Direction }) {
  const me = useMe();
  const explore = <ExploreLink />;
  if (direction === 'sent') {
    return (
      <Notice icon={Clock} title="You have not invited anybody recently" action={explore}>
        <p>Press + on a creator to invite them. Until they answer, the invite waits here, and you can take it back.</p>
      </Notice>
    );
  }

  if (me.kind === 'brand') {
    return (
      <Notice icon={Inbox} title="Invites go to creators" action={explore}>
        <p>As a brand you invite. Find creators whom you like, and press + to connect.</p>
      </Notice>
    );
  }

  return me.listed ? (
    <Notice icon={Inbox} title="Nobody has invited you recently" action={<ButtonLink to="/profile">Review your profile</ButtonLink>}>
      <p>
        Brands and creators find you by your profile: by what you publish about, where, and your own words. You get an email when somebody
        invites you.
      </p>
    </Notice>
  ) : (
    <Notice
      icon={Inbox}
      title="Nobody can find you yet"
      action={
        <ButtonLink to="/profile" tone="main">
          Complete your profile
        </ButtonLink>
      }
    >
      <p>Your profile is not listed. List it, and brands and creators can find and invite you.</p>
    </Notice>
  );
}
