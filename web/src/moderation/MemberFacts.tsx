import { Ban, EyeOff } from 'lucide-react';
import type { ModeratedMember } from '@/api/types';
import { moderationTexts as said } from '@/texts/moderation';
import { safetyTexts } from '@/texts/safety';
import { Link } from '@/ui/router';
import { Tag } from '@/ui/Tag';
import { formatDateTime, Time } from '@/ui/Time';
import styles from './Desk.module.css';
import { reportsAbout } from './deskAddress';

/** What holds about a member, the reports about them by reason, and what became of their invites. */
export function MemberFacts({ member: { card, suspension, unlisting, reports, invites } }: { readonly member: ModeratedMember }) {
  const states = Object.entries(invites.states);
  return (
    <>
      {suspension && (
        <p className={styles.holds} data-tone="bad">
          <Ban size={18} aria-hidden="true" />
          <span>
            <span>{said.measure.suspendedSince(<Time at={suspension.since} />)}</span>
            <span>, </span>
            <span>
              {suspension.until === undefined ? said.measure.untilLifted : said.measure.untilTime(formatDateTime(suspension.until))}
            </span>
          </span>
        </p>
      )}
      {unlisting && (
        <p className={styles.holds}>
          <EyeOff size={18} aria-hidden="true" />
          <span>{said.measure.unlistedSince(<Time at={unlisting.since} />)}</span>
        </p>
      )}
      <dl className={styles.known}>
        <div>
          <dt>{said.member.reports}</dt>
          {reports.length === 0 && <dd>{said.member.noReports}</dd>}
          {reports.map(({ reason, open, closed }) => (
            <dd key={reason}>
              <span>{safetyTexts.reportReasons[reason].name}</span>
              <span> </span>
              {open > 0 && <Link to={reportsAbout(card.id, true, reason)}>{said.openReports(open)}</Link>}
              <span> </span>
              {closed > 0 && <Link to={reportsAbout(card.id, false, reason)}>{said.closedReports(closed)}</Link>}
            </dd>
          ))}
        </div>
        <div>
          <dt>{said.member.answers}</dt>
          {invites.sent === 0 ? (
            <dd>{said.member.noInvites}</dd>
          ) : (
            <dd className={styles.tags}>
              <b>{said.member.sent(invites.sent)}</b>
              {states.map(([state, count]) => (
                <Tag key={state} tone={state === 'blocked' ? 'bad' : state === 'connected' ? 'good' : 'plain'}>
                  {said.member.stateCount(count, stateName(state))}
                </Tag>
              ))}
            </dd>
          )}
        </div>
      </dl>
    </>
  );
}

const names: Partial<Record<string, string>> = said.member.states;

/** A state newer than this page is shown by its plain name. */
function stateName(state: string): string {
  return names[state] ?? state;
}
