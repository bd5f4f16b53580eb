import { useEffect, useRef, useState } from 'react';
import type { Card, ModeratedReport } from '@/api/types';
import { ConfirmedDomain } from '@/members/ConfirmedDomain';
import { isolated } from '@/members/names';
import { useMe } from '@/members/useMe';
import { moderationTexts as said } from '@/texts/moderation';
import { safetyTexts } from '@/texts/safety';
import { Avatar } from '@/ui/Avatar';
import { ProblemNotice } from '@/ui/Notice';
import { Panel } from '@/ui/Page';
import { Quote } from '@/ui/Quote';
import { Link, navigate, useLocation } from '@/ui/router';
import { Skeleton } from '@/ui/Skeleton';
import { formatDateTime, Time } from '@/ui/Time';
import { Decided } from './Decided';
import { DecisionForm } from './DecisionForm';
import styles from './Desk.module.css';
import { deskAddress, memberAddress } from './deskAddress';
import { useKeys } from './DeskKeys';
import { MemberFacts } from './MemberFacts';
import { ProfileFacts } from './ProfileFacts';
import { ReportedFiles } from './ReportedFiles';
import { type ReportFilter, useDecide, useModeratedMember, useReport } from './useDesk';

interface ReportDetailProps {
  readonly id: string;
  /** The report as the list has it. */
  readonly listed: ModeratedReport | undefined;
  /** The list to go back to. */
  readonly filter: ReportFilter;
}

/** A report: who reported whom, what, and what is or can be decided. */
export function ReportDetail({ id, listed, filter }: ReportDetailProps) {
  const { data: report, isError, error, refetch } = useReport(id, listed);
  const heading = useRef<HTMLHeadingElement>(null);
  const { state, key } = useLocation();
  const isShown = report !== undefined;
  const takesFocus = typeof state === 'object' && state !== null && 'focus' in state;
  useEffect(() => {
    if (isShown && takesFocus) {
      heading.current?.focus();
    }
  }, [isShown, takesFocus, key]);
  const decide = useDecide(id);
  const { id: me } = useMe();
  // Another moderator can decide while this one writes, and the page can learn of it before this one sends.
  const [sawOpen, setSawOpen] = useState(false);
  if (report && !report.decision && !sawOpen) {
    setSawOpen(true);
  }

  return (
    <article className={styles.report}>
      <Link to={deskAddress(filter)} className={styles.back}>
        {said.allReports}
      </Link>
      {isError && !report && <ProblemNotice error={error} retry={() => void refetch()} />}
      {!report && !isError && <Skeleton shape="block" />}
      {report && (
        <>
          <header>
            <h2 ref={heading} tabIndex={-1}>
              {said.report.heading(safetyTexts.reportReasons[report.reason].name, isolated(report.reported.displayName))}
            </h2>
            <p className="hint">
              <span>{said.report.reportedOn(<Time at={report.reportedAt} />)}</span>
              <span> · </span>
              <span>{said.report.number(report.id)}</span>
            </p>
          </header>
          {sawOpen && report.decision && report.decision.by !== me && (
            <p role="alert" className={styles.lost}>
              {said.decision.first(
                isolated(report.decidedBy ?? said.decision.firstSomebody),
                said.decision.names[report.decision.decision],
              )}
            </p>
          )}
          {report.decision && <Decided decision={report.decision} by={report.decidedBy} />}
          <What report={report} />
          <ReportedMember report={report} />
          {!report.decision && <DecisionForm report={report} decide={decide} />}
        </>
      )}
    </article>
  );
}

/** What was reported, by whom, and in what words. */
function What({ report: { id, reported, reporter, details, message, profile } }: { readonly report: ModeratedReport }) {
  return (
    <Panel>
      <div className={styles.parties}>
        <Party label={said.reported} card={reported} />
        <Party label={said.reporter} card={reporter} />
      </div>
      <div>
        <h3>{said.report.details}</h3>
        {details === undefined ? <p className="hint">{said.report.noDetails}</p> : <Quote text={details} />}
      </div>
      <div>
        <h3>{said.report.asReported}</h3>
        {message && (
          <>
            <p className="hint">{said.report.message(formatDateTime(message.sentAt))}</p>
            {message.text !== '' && <Quote text={message.text} />}
            {message.files && <ReportedFiles reportId={id} files={message.files} />}
          </>
        )}
        {!message && !profile && <p>{said.report.gone}</p>}
        {profile && (
          <details open={!message}>
            <summary>{said.report.profile}</summary>
            <ProfileFacts profile={profile} />
          </details>
        )}
      </div>
    </Panel>
  );
}

/** One of the two, with the way to what is known of them. */
function Party({ label, card: { id, displayName, avatarUrl, confirmedDomain } }: { readonly label: string; readonly card: Card }) {
  return (
    <div className={styles.party}>
      <Avatar name={displayName} url={avatarUrl} size={40} />
      <div>
        <p className="hint">{label}</p>
        <p>
          <bdi>
            <Link to={memberAddress(id)}>{displayName}</Link>
          </bdi>
        </p>
        <ConfirmedDomain domain={confirmedDomain} />
      </div>
    </div>
  );
}

/** What else is known of the reported member, for the decision. */
function ReportedMember({ report: { reported } }: { readonly report: ModeratedReport }) {
  const { data } = useModeratedMember(reported.id);
  useKeys({ m: () => navigate(memberAddress(reported.id)) });
  return (
    <Panel>
      <div className={styles.between}>
        <h3>{said.report.known}</h3>
        <Link to={memberAddress(reported.id)} aria-label={said.member.show(isolated(reported.displayName))}>
          {said.report.more}
        </Link>
      </div>
      {data ? <MemberFacts member={data} /> : <Skeleton width="long" />}
    </Panel>
  );
}
