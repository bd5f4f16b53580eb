import { useState } from 'react';
import { rows } from '@/api/pages';
import type { AuditEntry, ModeratedMember } from '@/api/types';
import { ConfirmedDomain } from '@/members/ConfirmedDomain';
import { moderationTexts as said } from '@/texts/moderation';
import { safetyTexts } from '@/texts/safety';
import { texts } from '@/texts/texts';
import { Avatar } from '@/ui/Avatar';
import { Button } from '@/ui/Button';
import { LoadMore } from '@/ui/LoadMore';
import { ProblemNotice } from '@/ui/Notice';
import { Page, Panel, Section } from '@/ui/Page';
import { Quote } from '@/ui/Quote';
import { Link, navigate, useMatch } from '@/ui/router';
import { Skeleton } from '@/ui/Skeleton';
import { formatDateTime, Time } from '@/ui/Time';
import styles from './Desk.module.css';
import { deskAddress } from './deskAddress';
import { DeskKeys, useKeys } from './DeskKeys';
import { LiftDialog, SuspendDialog } from './MeasureDialogs';
import { MemberFacts } from './MemberFacts';
import { ProfileFacts } from './ProfileFacts';
import { useModeratedMember, useTrail } from './useDesk';

const desk = deskAddress({ state: 'open' });

/** What moderators know of a member, and what they can do about them. */
export function ModeratedMemberPage() {
  const id = useMatch('/moderation/members/:id')?.id ?? '';
  const member = useModeratedMember(id);
  useKeys({ u: () => navigate(desk) });
  return (
    <Page title={member.data?.card.displayName ?? texts.pages.moderation} intro={<Link to={desk}>{said.allReports}</Link>}>
      <DeskKeys />
      {member.isError && !member.data && <ProblemNotice error={member.error} retry={() => void member.refetch()} />}
      {member.isPending && <Skeleton shape="block" />}
      {member.data && <Known key={id} member={member.data} />}
    </Page>
  );
}

function Known({ member }: { readonly member: ModeratedMember }) {
  const { card, profile, createdAt, erasedAt } = member;
  return (
    <>
      <Panel>
        <div className={styles.party}>
          <Avatar name={card.displayName} url={card.avatarUrl} />
          <div>
            <p>{profile?.kind === undefined ? said.member.noKind : said.member.kinds[profile.kind]}</p>
            {createdAt !== undefined && <p className="hint">{said.member.since(<Time at={createdAt} />)}</p>}
            {erasedAt !== undefined && <p className="hint">{said.member.erased(<Time at={erasedAt} />)}</p>}
            <p className="hint">{card.id}</p>
            <ConfirmedDomain domain={card.confirmedDomain} />
          </div>
        </div>
        <MemberFacts member={member} />
        <Measures member={member} />
      </Panel>
      {profile && (
        <Section title={said.member.profile}>
          <Panel>
            <ProfileFacts profile={profile} />
          </Panel>
        </Section>
      )}
      <Trail id={card.id} />
    </>
  );
}

/** The ways to suspend, and to lift what holds. */
function Measures({ member: { card, suspension, unlisting } }: { readonly member: ModeratedMember }) {
  const [asking, setAsking] = useState<'suspend' | 'suspension' | 'unlisting'>();
  const close = () => setAsking(undefined);
  return (
    <div className={styles.measures}>
      <Button onClick={() => setAsking('suspend')}>{suspension ? said.measure.change : said.measure.suspend}</Button>
      {suspension && <Button onClick={() => setAsking('suspension')}>{said.measure.lift}</Button>}
      {unlisting && <Button onClick={() => setAsking('unlisting')}>{said.measure.relist}</Button>}
      {asking === 'suspend' && <SuspendDialog card={card} onClose={close} />}
      {(asking === 'suspension' || asking === 'unlisting') && <LiftDialog card={card} what={asking} onClose={close} />}
    </div>
  );
}

/** The audit trail, the latest entry first. */
function Trail({ id }: { readonly id: string }) {
  const trail = useTrail(id);
  const entries = rows(trail.data);
  return (
    <Section title={said.trail.title} intro={said.trail.intro}>
      {trail.isError && !trail.data && <ProblemNotice error={trail.error} retry={() => void trail.refetch()} />}
      {trail.data && entries.length === 0 && <p>{said.trail.none}</p>}
      {entries.length > 0 && (
        <ol role="list" className={styles.trail}>
          {entries.map((entry) => (
            <li key={entry.id}>
              <Entry entry={entry} />
            </li>
          ))}
        </ol>
      )}
      <LoadMore list={trail} label={said.trail.more} />
    </Section>
  );
}

function Entry({ entry: { what, decision, by, byName, at, reason, statement, until, reportId } }: { readonly entry: AuditEntry }) {
  return (
    <>
      <p className={styles.between}>
        <b>{what === 'decided' ? said.trail.what.decided(decision ? said.decision.names[decision] : '') : said.trail.what[what]}</b>
        <span className="hint">{said.trail.by(<bdi>{byName ?? by}</bdi>, <Time at={at} />)}</span>
      </p>
      {reason !== undefined && <p className="hint">{safetyTexts.reportReasons[reason].name}</p>}
      {until !== undefined && <p className="hint">{said.until.ends(formatDateTime(until))}</p>}
      {statement !== undefined && <Quote text={statement} />}
      {reportId !== undefined && (
        <p>
          <Link to={deskAddress({ state: what === 'decided' ? 'closed' : 'open' }, reportId)}>{said.trail.report}</Link>
        </p>
      )}
    </>
  );
}
