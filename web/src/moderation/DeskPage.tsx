import { useRef, useState } from 'react';
import { rows } from '@/api/pages';
import type { ReportReason } from '@/api/types';
import { moderationTexts as said } from '@/texts/moderation';
import { safetyTexts } from '@/texts/safety';
import { texts } from '@/texts/texts';
import { Page } from '@/ui/Page';
import { Link, navigate, useQueryString } from '@/ui/router';
import { Segments } from '@/ui/Segments';
import styles from './Desk.module.css';
import { deskAddress, filterIn } from './deskAddress';
import { DeskKeys, useKeys } from './DeskKeys';
import { ReportDetail } from './ReportDetail';
import { ReportList } from './ReportList';
import { reasons, type ReportFilter, useCounts, useModeratedMember, useReports } from './useDesk';

/** The moderators' desk: the reports that wait or were decided, and the one that is looked at. */
export function DeskPage() {
  const query = useQueryString();
  const filter = filterIn(query);
  const chosen = query.get('report') ?? undefined;
  const reports = useReports(filter);
  const shown = rows(reports.data);
  const list = useRef<HTMLDivElement>(null);
  // Where the chosen report is in the list, or was before it was decided.
  const [place, setPlace] = useState(0);
  const index = shown.findIndex(({ id }) => id === chosen);
  if (index !== -1 && index !== place) {
    setPlace(index);
  }

  const go = (to: number) => {
    const next = shown[Math.min(Math.max(to, 0), shown.length - 1)];
    if (next) {
      navigate(deskAddress(filter, next.id), { replace: chosen !== undefined });
      list.current?.querySelector<HTMLElement>(`a[data-report="${next.id}"]`)?.focus();
    }
  };
  const back = () => navigate(deskAddress(filter));
  useKeys({
    // After a decision the next report is where the decided one was.
    j: () => go(index === -1 ? (chosen === undefined ? 0 : place) : index + 1),
    k: () => go(index === -1 ? place - 1 : index - 1),
    o: () => navigate(deskAddress({ ...filter, state: 'open' })),
    c: () => navigate(deskAddress({ ...filter, state: 'closed' })),
    u: back,
  });
  return (
    <Page title={texts.pages.moderation} intro={said.intro} width="wide">
      <div className={styles.desk} data-chosen={chosen === undefined ? undefined : ''}>
        <div className={styles.side} ref={list}>
          <DeskKeys />
          <Filters filter={filter} />
          <ReportList filter={filter} reports={reports} chosen={chosen} />
        </div>
        <div className={styles.detail}>
          {chosen === undefined ? (
            <div className={styles.nothing}>
              <p>{said.choose}</p>
              <p className="hint">{said.chooseHow}</p>
            </div>
          ) : (
            <ReportDetail key={chosen} id={chosen} listed={shown[index]} filter={filter} />
          )}
        </div>
      </div>
    </Page>
  );
}

/** Open or closed, which reason, and whose. */
function Filters({ filter }: { readonly filter: ReportFilter }) {
  const counts = useCounts().data?.open;
  const open = Object.values(counts ?? {}).reduce((sum, count) => sum + count, 0);
  return (
    <>
      <Segments
        label={said.states}
        segments={(['open', 'closed'] as const).map((state) => ({
          ...{ to: deskAddress({ ...filter, state }), name: said[state], current: filter.state === state },
          ...{ count: state === 'open' ? open : 0, counted: said.waiting },
        }))}
      />
      <nav aria-label={said.reasons} className={styles.reasons}>
        <ReasonLink filter={filter} reason={undefined} count={0} />
        {reasons.map((reason) => (
          <ReasonLink key={reason} filter={filter} reason={reason} count={filter.state === 'open' ? (counts?.[reason] ?? 0) : 0} />
        ))}
      </nav>
      {filter.member !== undefined && <OfMember filter={filter} member={filter.member} />}
    </>
  );
}

interface ReasonLinkProps {
  readonly filter: ReportFilter;
  readonly reason: ReportReason | undefined;
  readonly count: number;
}

function ReasonLink({ filter, reason, count }: ReasonLinkProps) {
  return (
    <Link to={deskAddress({ ...filter, reason })} className={styles.reason} aria-current={filter.reason === reason ? 'true' : undefined}>
      <span>{reason ? safetyTexts.reportReasons[reason].name : said.allReasons}</span>
      {count > 0 && (
        <>
          <b aria-hidden="true">{count}</b>
          <span className="visually-hidden">{said.waiting(count)}</span>
        </>
      )}
    </Link>
  );
}

function OfMember({ filter, member }: { readonly filter: ReportFilter; readonly member: string }) {
  const { data } = useModeratedMember(member);
  return (
    <p className={styles.ofMember}>
      <span>{said.ofMember(<bdi>{data?.card.displayName ?? member}</bdi>)}</span>
      <Link to={deskAddress({ ...filter, member: undefined })}>{said.clearMember}</Link>
    </p>
  );
}
