import { useMutation } from '@tanstack/react-query';
import { useRef, useState, type SubmitEvent } from 'react';
import { useApi } from '../api/client';
import { Problem } from '../api/problem';
import { useSession } from '../session/useSession';
import { Button } from '../ui/Button';
import { Dialog, DialogActions } from '../ui/Dialog';
import { TextField } from '../ui/TextField';
import styles from './EraseDialog.module.css';

const word = 'erase';

/** Asks for a word that nobody types by accident, erases the member, and signs them out. */
export function EraseDialog({ onClose }: { readonly onClose: () => void }) {
  const api = useApi();
  const { farewell } = useSession();
  const [typed, setTyped] = useState('');
  const [missed, setMissed] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const erase = useMutation({
    mutationFn: async () => {
      try {
        await api.calls.DELETE('/api/me');
      } catch (error) {
        // An earlier try has done it.
        if (Problem.from(error).code !== 'profile-erased') {
          throw error;
        }
      }
    },
    onSuccess: farewell,
  });
  const problem = erase.error ? Problem.from(erase.error) : undefined;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const isTyped = typed.trim().toLowerCase() === word;
    setMissed(!isTyped);
    if (!isTyped) {
      field.current?.focus();
    } else if (!erase.isPending) {
      erase.mutate();
    }
  };
  return (
    <Dialog title="Erase yourself for good?" onClose={onClose}>
      <form className={styles.form} onSubmit={submit} noValidate>
        <p>Your profile, your connections and your conversations go, also for those with whom you talked. Nobody can bring them back.</p>
        <p>If you want to keep what was said, close this and download your data first.</p>
        <TextField
          ref={field}
          label={`Type “${word}” to go on`}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          error={missed ? `Type the word ${word}.` : undefined}
        />
        {problem && (
          <p role="alert" className={styles.problem}>
            You were not erased. {problem.detail}
          </p>
        )}
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" tone="danger" busy={erase.isPending}>
            Erase me
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
