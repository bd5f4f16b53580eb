import { Clock, Inbox } from 'lucide-react';
import { useState } from 'react';
import { rows } from '@/api/pages';
import type { Contact, Direction } from '@/api/types';
import { MemberRowsSkeleton, RowList } from '@/members/MemberRow';
import { useMe } from '@/members/useMe';
import { invitesTexts } from '@/texts/invites';
import { ButtonLink, ExploreLink } from '@/ui/Button';
import { useRowFocus } from '@/ui/focus';
import { LoadMore } from '@/ui/LoadMore';
import { Notice, ProblemNotice } from '@/ui/Notice';
import { Section } from '@/ui/Page';
import { inviteKey, type InviteGroups, groupInvites } from './inviteGroups';
import styles from './InviteList.module.css';
import { InviteRow } from './InviteRow';
import { useInvites } from './useInvites';

const said = invitesTexts;

/** The invites of one direction: the pending ones, then the answered ones. */
export function InviteList({ direction }: { readonly direction: Direction }) {
  const invites = useInvites(direction);
  const { waiting, answered } = useInviteGroups(rows(invites.data));
  const list = useRowFocus<HTMLDivElement>();
  const words = said[direction];
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
        <Section title={words.waiting} intro={direction === 'received' && waiting.length > 0 ? said.acceptMeans : undefined}>
          {waiting.length > 0 ? (
            <InviteRows invites={waiting} />
          ) : (
            <p data-no-rows tabIndex={-1}>
              {words.nothing}
            </p>
          )}
        </Section>
      )}
      {answered.length > 0 && (
        <Section title={said.answered}>
          <InviteRows invites={answered} />
        </Section>
      )}
      <LoadMore list={invites} label={said.more} />
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
      <Notice icon={Clock} title={said.noneSent.title} action={explore}>
        <p>{said.noneSent.words}</p>
      </Notice>
    );
  }

  if (me.kind === 'brand') {
    return (
      <Notice icon={Inbox} title={said.noneFromBrands.title} action={explore}>
        <p>{said.noneFromBrands.words}</p>
      </Notice>
    );
  }

  const { title, words, action } = me.listed ? said.noneListed : said.noneUnlisted;
  const toProfile = (
    <ButtonLink to="/profile" tone={me.listed ? 'plain' : 'main'}>
      {action}
    </ButtonLink>
  );
  return (
    <Notice icon={Inbox} title={title} action={toProfile}>
      <p>{words}</p>
    </Notice>
  );
}
