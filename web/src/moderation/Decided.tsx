import type { ModeratedReport } from '@/api/types';
import { moderationTexts as said } from '@/texts/moderation';
import { Panel } from '@/ui/Page';
import { Quote } from '@/ui/Quote';
import { formatDateTime, Time } from '@/ui/Time';

interface DecidedProps {
  readonly decision: NonNullable<ModeratedReport['decision']>;
  /** The name of the moderator, if they have one. */
  readonly by: string | undefined;
}

/** The decision that stands. */
export function Decided({ decision: { decision, by: id, at, until, statement }, by }: DecidedProps) {
  return (
    <Panel>
      <p>{said.decision.by(<bdi>{by ?? id}</bdi>, <b>{said.decision.names[decision]}</b>, <Time at={at} />)}</p>
      {until !== undefined && <p>{said.until.ends(formatDateTime(until))}</p>}
      <Quote text={statement} />
      <p className="hint">{said.decision.later}</p>
    </Panel>
  );
}
