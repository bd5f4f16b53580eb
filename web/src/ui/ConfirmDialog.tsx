import type { ReactNode } from 'react';
import { texts } from '@/texts/texts';
import { Button } from './Button';
import { Dialog, DialogActions } from './Dialog';
import styles from './Dialog.module.css';

interface Question {
  readonly title: string;
  /** What will happen. */
  readonly children: ReactNode;
  /** The label of the confirming button, such as "Take it back". */
  readonly confirm: string;
  readonly cancel?: string;
  readonly tone?: 'main' | 'danger';
  readonly busy?: boolean;
  /** Why it was refused, if the dialog stays open. */
  readonly problem?: string | null | undefined;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asks for confirmation of an action that is hard to undo. */
export function ConfirmDialog({
  title,
  children,
  confirm,
  cancel = texts.common.cancel,
  tone = 'main',
  busy = false,
  problem,
  onConfirm,
  onClose,
}: Question) {
  return (
    <Dialog title={title} onClose={onClose}>
      <div className={styles.words}>{children}</div>
      {problem != null && (
        <p role="alert" className="problem">
          {problem}
        </p>
      )}
      <DialogActions>
        <Button data-first onClick={onClose}>
          {cancel}
        </Button>
        <Button tone={tone} busy={busy} onClick={onConfirm}>
          {confirm}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
