import type { DecisionKind, ReportReason } from '@/api/types';
import { isolated } from '@/members/names';
import { moderationTexts as said } from '@/texts/moderation';
import { safetyTexts } from '@/texts/safety';
import { Button } from '@/ui/Button';
import { Quote } from '@/ui/Quote';
import { Time } from '@/ui/Time';
import styles from './Desk.module.css';
import { decisions, useCounts, useLikeCases } from './useDesk';

interface LikeCasesProps {
  readonly reason: ReportReason;
  /** The decision that is being made, for words to begin with. */
  readonly decision: DecisionKind | undefined;
  /** Takes words for the statement of reasons. */
  readonly onUse: (words: string) => void;
}

/** How reports of the same reason were decided, and in what words, so that like cases are decided alike. */
export function LikeCases({ reason, decision, onUse }: LikeCasesProps) {
  const counts = useCounts(reason).data?.decisions;
  const latest = useLikeCases(reason).data ?? [];
  return (
    <section className={styles.like} aria-label={said.like.title}>
      <h3>{said.like.title}</h3>
      {decision && (
        <div className={styles.case}>
          <p className="hint">{said.like.templates}</p>
          <Quote text={said.like.template[decision]} />
          <Button size="small" onClick={() => onUse(said.like.template[decision])}>
            {said.like.use}
          </Button>
        </div>
      )}
      {counts && (
        <>
          <p className="hint">{said.like.counts(safetyTexts.reportReasons[reason].name)}</p>
          <dl className={styles.counts}>
            {decisions.map((each) => (
              <div key={each}>
                <dt>{said.decision.done[each]}</dt>
                <dd>{counts[each] ?? 0}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
      {counts && latest.length === 0 && <p>{said.like.none}</p>}
      {latest.length > 0 && <p className="hint">{said.like.latest}</p>}
      {latest.map(
        ({ id, decision: decided, decidedBy, reported }) =>
          decided && (
            <div key={id} className={styles.case}>
              <p>
                {said.decision.by(
                  <bdi>{decidedBy ?? decided.by}</bdi>,
                  <b>{said.decision.names[decided.decision]}</b>,
                  <Time at={decided.at} />,
                )}
              </p>
              <Quote text={decided.statement} />
              <Button size="small" aria-label={said.like.useOf(isolated(reported.displayName))} onClick={() => onUse(decided.statement)}>
                {said.like.use}
              </Button>
            </div>
          ),
      )}
    </section>
  );
}
