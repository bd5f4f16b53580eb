import { useEffect, useRef, useState } from 'react';
import { accountTexts } from '@/texts/account';
import { texts } from '@/texts/texts';
import { Button } from '@/ui/Button';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import styles from './SaveBar.module.css';
import type { ProfileForm } from './useProfileForm';

const said = accountTexts.profile;

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
        {problem ? '' : wrong > 0 ? said.savedNotFields(wrong) : isChanged ? said.savedNotYet : said.savedAll}
      </p>
      {problem && (
        <p role="alert" className={styles.problem}>
          {said.savedNot(problem.detail)}
        </p>
      )}
      <div className={styles.actions}>
        {isChanged && <Button onClick={() => setAsking(true)}>{said.discardChanges}</Button>}
        <Button type="submit" tone="main" busy={isSaving} aria-disabled={!isChanged || undefined}>
          {texts.common.save}
        </Button>
      </div>
      {asking && (
        <ConfirmDialog
          title={said.discardAsk}
          confirm={said.discard}
          cancel={said.discardKeep}
          tone="danger"
          onConfirm={() => {
            setAsking(false);
            discard();
          }}
          onClose={() => setAsking(false)}
        >
          <p>{said.discardMeans}</p>
        </ConfirmDialog>
      )}
    </div>
  );
}
