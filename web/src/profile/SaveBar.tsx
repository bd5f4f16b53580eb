import { useEffect, useRef, useState } from 'react';
import { Button } from '@/ui/Button';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import styles from './SaveBar.module.css';
import type { ProfileForm } from './useProfileForm';

/** Saves or discards the edits. Stays in view while there are any. */
export function SaveBar({ isChanged, isSaving, problem, errors, discard }: ProfileForm) {
  const [asking, setAsking] = useState(false);
  const words = useRef<HTMLParagraphElement>(null);
  const wasChanged = useRef(isChanged);
  useEffect(() => {
    // The discard button had the focus and has disappeared.
    if (wasChanged.current && !isChanged && document.activeElement === document.body) {
      words.current?.focus({ preventScroll: true });
    }

    wasChanged.current = isChanged;
  }, [isChanged]);
  const wrong = Object.keys(errors).length;
  return (
    <div className={styles.bar} data-changed={isChanged || undefined}>
      <p ref={words} role="status" tabIndex={-1} className={styles.words}>
        {problem
          ? ''
          : wrong > 0
            ? `Not saved: ${wrong === 1 ? 'one field needs' : `${wrong} fields need`} a look.`
            : isChanged
              ? 'Not saved yet. What you typed is kept here until you save it.'
              : 'All is saved.'}
      </p>
      {problem && (
        <p role="alert" className={styles.problem}>
          {`Not saved. ${problem.detail}`}
        </p>
      )}
      <div className={styles.actions}>
        {isChanged && <Button onClick={() => setAsking(true)}>Discard changes</Button>}
        <Button type="submit" tone="main" busy={isSaving} aria-disabled={!isChanged || undefined}>
          Save
        </Button>
      </div>
      {asking && (
        <ConfirmDialog
          title="Discard your changes?"
          confirm="Discard"
          cancel="Keep them"
          tone="danger"
          onConfirm={() => {
            setAsking(false);
            discard();
          }}
          onClose={() => setAsking(false)}
        >
          <p>Your profile goes back to how it was saved last. What you typed since then is lost.</p>
        </ConfirmDialog>
      )}
    </div>
  );
}
