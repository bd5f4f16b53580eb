import { useMutation } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { body, useApi } from '@/api/client';
import { Problem } from '@/api/problem';
import type { ReportReason } from '@/api/types';
import { isolated } from '@/members/names';
import { useMe } from '@/members/useMe';
import { draftKey, useDraft } from '@/session/drafts';
import { useLimits } from '@/session/useSession';
import { safetyTexts } from '@/texts/safety';
import { texts } from '@/texts/texts';
import { Button } from '@/ui/Button';
import { Dialog, DialogActions } from '@/ui/Dialog';
import { focusFirstFault, TextArea } from '@/ui/Field';
import { Refusal } from '@/ui/Notice';
import { RadioChoice } from '@/ui/RadioChoice';
import { BlockDialog, type NamedMember } from './BlockDialog';

const said = safetyTexts;

interface ReportDialogProps {
  readonly target: ReportTarget;
  /** The member who is reported, or who wrote the reported message. */
  readonly member: NamedMember;
  readonly onClose: () => void;
}

/** Reports a member or a message, and then offers to block the member. */
export function ReportDialog({ target, member, onClose }: ReportDialogProps) {
  const [step, setStep] = useState<'asking' | 'reported' | 'blocking'>('asking');
  if (step === 'blocking') {
    return <BlockDialog member={member} onClose={onClose} />;
  }

  if (step === 'reported') {
    return (
      // A new dialog, so that it is announced and takes the focus.
      <Dialog key="reported" title={said.reportThanks} onClose={onClose}>
        <p>{said.reportReceived(isolated(member.displayName))}</p>
        <p>{said.reportReceivedBlock}</p>
        <DialogActions>
          <Button onClick={() => setStep('blocking')}>{texts.common.blockAsk}</Button>
          <Button tone="main" data-first onClick={onClose}>
            {said.done}
          </Button>
        </DialogActions>
      </Dialog>
    );
  }

  return (
    <Dialog title={('seq' in target ? said.reportMessageOf : said.report)(isolated(member.displayName))} onClose={onClose}>
      <ReportForm target={target} onReported={() => setStep('reported')} onClose={onClose} />
    </Dialog>
  );
}

interface ReportFormProps {
  readonly target: ReportTarget;
  readonly onReported: () => void;
  readonly onClose: () => void;
}

/** The form of a report. Its text is kept until it is sent, even if the dialog is closed. */
function ReportForm({ target, onReported, onClose }: ReportFormProps) {
  const ofMessage = 'seq' in target;
  const words = ofMessage ? said.reportMessage : said.reportMember;
  const [reason, setReason] = useState<ReportReason>();
  const [details, setDetails] = useDraft(
    draftKey(useMe().id, 'report', ofMessage ? `${target.connectionId}/${target.seq}` : target.memberId),
  );
  const { details: maxLength } = useLimits();
  const report = useReport();
  const problem = report.error ? Problem.from(report.error) : undefined;
  const [missed, setMissed] = useState(false);
  const isUnexplained = reason === 'other' && details.trim() === '';
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (reason === undefined || isUnexplained) {
      setMissed(true);
      focusFirstFault(event.currentTarget as HTMLFormElement);
      return;
    }

    if (report.isPending) {
      return;
    }

    report.mutate(
      { target, reason, details },
      {
        onSuccess: () => {
          setDetails('');
          onReported();
        },
      },
    );
  };
  return (
    <form noValidate onSubmit={submit}>
      <RadioChoice
        legend={words.question}
        options={reasons}
        value={reason}
        onChange={setReason}
        error={missed && reason === undefined ? said.reportReasonMissing : undefined}
      />
      <TextArea
        label={reason === 'other' ? said.reportOther : said.reportDetails}
        dir="auto"
        rows={4}
        required={reason === 'other'}
        maxLength={maxLength}
        value={details}
        onChange={(event) => setDetails(event.target.value)}
        error={missed && isUnexplained ? said.reportOtherMissing : problem?.errors.details?.[0]}
      />
      <p className="hint">{words.hint}</p>
      <Refusal problem={problem} />
      <DialogActions>
        <Button onClick={onClose}>{texts.common.cancel}</Button>
        <Button type="submit" tone="main" busy={report.isPending}>
          {said.reportSend}
        </Button>
      </DialogActions>
    </form>
  );
}

/** The reasons for a report, the most frequent first. */
const reasons = (['spam', 'harassment', 'impersonation', 'inappropriate', 'other'] as const).map((value) => ({
  value,
  ...said.reportReasons[value],
}));

/** A member, or one message of a conversation. */
type ReportTarget = { readonly memberId: string } | { readonly connectionId: string; readonly seq: number };

/** Sends a report to support. Each call is a separate report. */
function useReport() {
  const api = useApi();
  return useMutation({
    mutationFn: async ({
      target,
      reason,
      details,
    }: {
      readonly target: ReportTarget;
      readonly reason: ReportReason;
      readonly details: string;
    }) => body(await api.calls.POST('/api/reports', { body: { ...target, reason, ...(details.trim() === '' ? {} : { details }) } })),
  });
}
