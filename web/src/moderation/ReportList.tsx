import { CheckCheck } from 'lucide-react';
import { rows } from '@/api/pages';
import type { ModeratedReport } from '@/api/types';
import { MemberRowsSkeleton, RowList } from '@/members/MemberRow';
import { moderationTexts as said } from '@/texts/moderation';
import { safetyTexts } from '@/texts/safety';
import { Avatar } from '@/ui/Avatar';
import { LoadMore } from '@/ui/LoadMore';
import { Notice, ProblemNotice } from '@/ui/Notice';
import { Link } from '@/ui/router';
import { Tag } from '@/ui/Tag';
import { Time } from '@/ui/Time';
import styles from './Desk.module.css';
import { deskAddress } from './deskAddress';
import type { ReportFilter, useReports } from './useDesk';

interface ReportListProps {
  readonly filter: ReportFilter;
  readonly reports: ReturnType<typeof useReports>;
  /** The id of the report that is looked at. */
  readonly chosen: string | undefined;
}

/** The reports that the filter finds. */
export function ReportList({ filter, reports, chosen }: ReportListProps) {
  const shown = rows(reports.data);
  if (reports.isPending) {
    return <MemberRowsSkeleton />;
  }

  if (reports.isError && !reports.data) {
    return <ProblemNotice error={reports.error} retry={() => void reports.refetch()} />;
  }

  if (shown.length === 0) {
    const isFiltered = filter.reason !== undefined || filter.member !== undefined;
    return (
      <Notice icon={CheckCheck} title={isFiltered ? said.noneFiltered : said.none[filter.state]}>
        <p>{isFiltered ? said.noneFilteredHow : said.noneHow[filter.state]}</p>
      </Notice>
    );
  }

  return (
    <>
      <RowList label={said.list}>
        {shown.map((report) => (
          <li key={report.id}>
            <Link
              to={deskAddress(filter, report.id)}
              // Its heading takes the focus.
              state={{ focus: true }}
              className={styles.row}
              data-report={report.id}
              aria-current={report.id === chosen ? 'true' : undefined}
            >
              <ReportRow report={report} />
            </Link>
          </li>
        ))}
      </RowList>
      <LoadMore list={reports} label={said.more} />
    </>
  );
}

function ReportRow({ report: { reported, reporter, reason, message, decision, reportedAt } }: { readonly report: ModeratedReport }) {
  return (
    <>
      <Avatar name={reported.displayName} url={reported.avatarUrl} size={40} />
      <span className={styles.rowWords}>
        <bdi className={styles.rowName}>{reported.displayName}</bdi>
        <span className="hint">{message ? said.reportedMessage : said.reportedProfile}</span>
        <span className="hint">{said.reportedBy(<bdi>{reporter.displayName}</bdi>)}</span>
      </span>
      <span className={styles.rowEnd}>
        <Tag tone="wait">{safetyTexts.reportReasons[reason].name}</Tag>
        {decision && <Tag>{said.decision.done[decision.decision]}</Tag>}
        <span className="hint">
          <Time at={reportedAt} />
        </span>
      </span>
    </>
  );
}
