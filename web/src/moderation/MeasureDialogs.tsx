import { type SubmitEvent, useState } from 'react';
import { Problem } from '@/api/problem';
import type { Card, ReportReason } from '@/api/types';
import { isolated } from '@/members/names';
import { moderationTexts } from '@/texts/moderation';
import { safetyTexts } from '@/texts/safety';
import { texts } from '@/texts/texts';
import { Button } from '@/ui/Button';
import { Dialog, DialogActions } from '@/ui/Dialog';
import { focusFirstFault, SelectField, TextArea } from '@/ui/Field';
import { Refusal } from '@/ui/Notice';
import { useToasts } from '@/ui/toasts';
import { type End, endAfter, UntilField } from './UntilField';
import { maxStatement, reasons, useLift, useSuspend } from './useDesk';

const said = moderationTexts.measure;
const usualDays = 7;

interface MeasureDialogProps {
  readonly card: Card;
  readonly onClose: () => void;
}

/** Suspends a member without a report, or changes the suspension that holds. */
export function SuspendDialog({ card, onClose }: MeasureDialogProps) {
  const [reason, setReason] = useState<ReportReason>();
  const [end, setEnd] = useState<End>(() => endAfter(usualDays));
  const [statement, setStatement] = useState('');
  const [missed, setMissed] = useState(false);
  const toasts = useToasts();
  const suspend = useSuspend(card.id);
  const name = isolated(card.displayName);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (reason === undefined || statement.trim() === '' || end.until === null) {
      setMissed(true);
      focusFirstFault(event.currentTarget as HTMLFormElement);
    } else if (!suspend.isPending) {
      suspend.mutate(
        { reason, statement, ...(end.until !== undefined && { until: end.until }) },
        {
          onSuccess: () => {
            toasts.done(said.suspended(name));
            onClose();
          },
        },
      );
    }
  };
  return (
    <Dialog title={said.suspendTitle(name)} onClose={onClose}>
      <form noValidate onSubmit={submit}>
        <p>{moderationTexts.decision.means.suspend}</p>
        <SelectField
          data-first
          label={said.reason}
          none={said.reasonNone}
          required
          options={reasons.map((value) => ({ value, name: safetyTexts.reportReasons[value].name }))}
          value={reason ?? ''}
          onChange={(event) => setReason(reasons.find((each) => each === event.target.value))}
          error={missed && reason === undefined ? said.reasonMissing : undefined}
        />
        <UntilField value={end} onChange={setEnd} missed={missed} />
        <Statement
          label={moderationTexts.decision.statement}
          hint={moderationTexts.decision.statementHint.other}
          missing={moderationTexts.decision.statementMissing}
          missed={missed}
          value={statement}
          onChange={setStatement}
        />
        <Refusal problem={suspend.error ? Problem.from(suspend.error) : undefined} />
        <DialogActions>
          <Button onClick={onClose}>{texts.common.cancel}</Button>
          <Button type="submit" tone="danger" busy={suspend.isPending}>
            {said.suspendConfirm}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

/** Lifts a suspension or an unlisting, and asks why. */
export function LiftDialog({ card, what, onClose }: MeasureDialogProps & { readonly what: 'suspension' | 'unlisting' }) {
  const [statement, setStatement] = useState('');
  const [missed, setMissed] = useState(false);
  const toasts = useToasts();
  const lift = useLift(card.id, what);
  const name = isolated(card.displayName);
  const words =
    what === 'suspension'
      ? { title: said.liftTitle, means: said.liftMeans, done: said.lifted }
      : { title: said.relistTitle, means: said.relistMeans, done: said.relisted };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (statement.trim() === '') {
      setMissed(true);
      focusFirstFault(event.currentTarget as HTMLFormElement);
    } else if (!lift.isPending) {
      lift.mutate(statement, {
        onSuccess: () => {
          toasts.done(words.done(name));
          onClose();
        },
      });
    }
  };
  return (
    <Dialog title={words.title(name)} onClose={onClose}>
      <form noValidate onSubmit={submit}>
        <p>{words.means}</p>
        <Statement
          label={said.liftWhy}
          hint={said.liftWhyHint}
          missing={said.liftWhyMissing}
          missed={missed}
          value={statement}
          onChange={setStatement}
        />
        <Refusal problem={lift.error ? Problem.from(lift.error) : undefined} />
        <DialogActions>
          <Button onClick={onClose}>{texts.common.cancel}</Button>
          <Button type="submit" tone="main" busy={lift.isPending}>
            {said.liftConfirm}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

interface StatementProps {
  readonly label: string;
  readonly hint: string;
  /** What to say when there are no words. */
  readonly missing: string;
  readonly missed: boolean;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function Statement({ label, hint, missing, missed, value, onChange }: StatementProps) {
  return (
    <TextArea
      label={label}
      hint={hint}
      dir="auto"
      rows={5}
      required
      limit={maxStatement}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      error={missed && value.trim() === '' ? missing : undefined}
    />
  );
}
