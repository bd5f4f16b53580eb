import { useState } from 'react';
import { Dialog } from '../ui/Dialog';
import { BlockDialog } from './BlockDialog';
import { ReportForm } from './ReportForm';
import { Reported } from './Reported';
import type { NamedMember } from './useBlock';
import type { ReportTarget } from './useReport';

interface ReportDialogProps {
  readonly target: ReportTarget;
  /** Who is reported, or wrote what is reported. */
  readonly member: NamedMember;
  readonly onClose: () => void;
}

/** Reports a member or a message, and afterwards offers to block who it was about. */
export function ReportDialog({ target, member, onClose }: ReportDialogProps) {
  const [step, setStep] = useState<'asking' | 'reported' | 'blocking'>('asking');
  if (step === 'blocking') {
    return <BlockDialog member={member} onClose={onClose} />;
  }

  if (step === 'reported') {
    return (
      // A dialog of its own, so that it is read out, and has the focus.
      <Dialog key="reported" title="Thank you for telling us" onClose={onClose}>
        <Reported member={member} onBlock={() => setStep('blocking')} onClose={onClose} />
      </Dialog>
    );
  }

  return (
    <Dialog title={'seq' in target ? `Report a message of ${member.displayName}` : `Report ${member.displayName}`} onClose={onClose}>
      <ReportForm target={target} onReported={() => setStep('reported')} onClose={onClose} />
    </Dialog>
  );
}
