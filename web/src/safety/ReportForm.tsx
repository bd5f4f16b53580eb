import { useState, type SubmitEvent } from 'react';
import { Problem } from '../api/problem';
import type { ReportReason } from '../api/types';
import { useDraft } from '../session/useDraft';
import { useLimits } from '../session/useLimits';
import { Button } from '../ui/Button';
import { DialogActions } from '../ui/Dialog';
import { RadioChoice } from '../ui/RadioChoice';
import { TextArea } from '../ui/TextField';
import { reasons } from './reasons';
import styles from './ReportForm.module.css';
import { useReport, type ReportTarget } from './useReport';

interface ReportFormProps {
  readonly target: ReportTarget;
  readonly onReported: () => void;
  readonly onClose: () => void;
}

/** Why it is reported. What is typed stays until it is sent, also when the dialog is closed. */
export function ReportForm({ target, onReported, onClose }: ReportFormProps) {
  const ofMessage = 'seq' in target;
  const [reason, setReason] = useState<ReportReason>();
  const [details, setDetails] = useDraft(ofMessage ? `report.${target.connectionId}.${target.seq}` : `report.${target.memberId}`);
  const { details: mostDetails } = useLimits();
  const report = useReport();
  const problem = report.error ? Problem.from(report.error) : undefined;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (reason === undefined || report.isPending) {
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
    <form className={styles.form} onSubmit={submit}>
      <RadioChoice legend={`What is wrong with ${ofMessage ? 'it' : 'them'}?`} options={reasons} value={reason} onChange={setReason} />
      <TextArea
        label={reason === 'other' ? 'What is it?' : 'Anything else that we should know? (optional)'}
        dir="auto"
        rows={4}
        required={reason === 'other'}
        maxLength={mostDetails}
        value={details}
        onChange={(event) => setDetails(event.target.value)}
        error={problem?.errors.details?.[0]}
      />
      <p className={styles.words}>
        This goes to our support by email, with {ofMessage ? 'the message' : 'their profile'} as it is now and your name.{' '}
        {ofMessage ? 'Whoever wrote it' : 'The member'} is not told.
      </p>
      {problem && (
        <p role="alert" className={styles.problem}>
          {problem.title}. {problem.detail}
        </p>
      )}
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" tone="main" busy={report.isPending}>
          Send report
        </Button>
      </DialogActions>
    </form>
  );
}
