import { type KeyboardEvent, type SubmitEvent, useRef, useState } from 'react';
import { Problem } from '@/api/problem';
import type { DecisionKind, ModeratedReport } from '@/api/types';
import { isolated } from '@/members/names';
import { useMe } from '@/members/useMe';
import { draftKey, useDraft } from '@/session/drafts';
import { moderationTexts as said } from '@/texts/moderation';
import { Button } from '@/ui/Button';
import { focusFirstFault, TextArea } from '@/ui/Field';
import { Refusal } from '@/ui/Notice';
import { Panel } from '@/ui/Page';
import { RadioChoice } from '@/ui/RadioChoice';
import { useToasts } from '@/ui/toasts';
import styles from './Desk.module.css';
import { useKeys } from './DeskKeys';
import { LikeCases } from './LikeCases';
import { type End, endAfter, UntilField } from './UntilField';
import { decisions, maxStatement, type useDecide, useModeratedMember } from './useDesk';

const usualDays = 7;

interface DecisionFormProps {
  readonly report: ModeratedReport;
  readonly decide: ReturnType<typeof useDecide>;
}

/** The decision on an open report, with the statement of reasons. The words are kept until it is sent. */
export function DecisionForm({ report: { id, reason, reported, profile }, decide }: DecisionFormProps) {
  const [decision, setDecision] = useState<DecisionKind>();
  const [end, setEnd] = useState<End>(() => endAfter(usualDays));
  const [statement, setStatement] = useDraft(draftKey(useMe().id, 'decision', id));
  const [missed, setMissed] = useState(false);
  const toasts = useToasts();
  const form = useRef<HTMLFormElement>(null);
  const words = useRef<HTMLTextAreaElement>(null);
  const kind = useModeratedMember(reported.id).data?.profile?.kind ?? profile?.kind;
  const possible = decisions.filter((each) => each !== 'unlist' || kind !== 'brand');
  const choose = (to: DecisionKind) => {
    if (possible.includes(to)) {
      setDecision(to);
      words.current?.focus();
    }
  };
  const use = (text: string) => {
    setStatement(text);
    words.current?.focus();
  };
  useKeys(Object.fromEntries(decisions.map((each, i) => [String(i + 1), () => choose(each)])));
  const problem = decide.error ? Problem.from(decide.error) : undefined;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const until = decision === 'suspend' ? end.until : undefined;
    if (decision === undefined || statement.trim() === '' || until === null) {
      setMissed(true);
      focusFirstFault(event.currentTarget as HTMLFormElement);
    } else if (!decide.isPending) {
      decide.mutate(
        { decision, statement, ...(until !== undefined && { until }) },
        {
          onSuccess: () => {
            setStatement('');
            toasts.done(said.decision.decided(said.decision.done[decision], isolated(reported.displayName)), said.decision.decidedDetail);
          },
        },
      );
    }
  };
  const submitByKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.current?.requestSubmit();
    }
  };
  return (
    <Panel>
      <form ref={form} noValidate onSubmit={submit} className={styles.form}>
        <RadioChoice
          legend={said.decision.ask}
          options={possible.map((value) => ({
            value,
            name: said.decision.numbered(decisions.indexOf(value) + 1, said.decision.names[value]),
            description: said.decision.means[value],
          }))}
          value={decision}
          onChange={setDecision}
          error={missed && decision === undefined ? said.decision.missing : undefined}
        />
        {decision === 'suspend' && <UntilField value={end} onChange={setEnd} missed={missed} />}
        <TextArea
          ref={words}
          label={said.decision.statement}
          hint={decision === 'dismiss' ? said.decision.statementHint.dismiss : said.decision.statementHint.other}
          dir="auto"
          rows={5}
          required
          limit={maxStatement}
          value={statement}
          onChange={(event) => setStatement(event.target.value)}
          onKeyDown={submitByKey}
          error={missed && statement.trim() === '' ? said.decision.statementMissing : problem?.errors.statement?.[0]}
        />
        <Refusal problem={problem} />
        <div>
          <Button type="submit" tone="main" busy={decide.isPending}>
            {said.decision.confirm}
          </Button>
        </div>
      </form>
      <LikeCases reason={reason} decision={decision} onUse={use} />
    </Panel>
  );
}
