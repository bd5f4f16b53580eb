import { useMutation } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { type SubmitEvent, useRef, useState } from 'react';
import { useApi } from '@/api/client';
import { Problem } from '@/api/problem';
import { useSession } from '@/session/useSession';
import { Button } from '@/ui/Button';
import { Dialog, DialogActions } from '@/ui/Dialog';
import { TextField } from '@/ui/Field';
import { Panel } from '@/ui/Page';
import styles from './YourDataPage.module.css';

/** Explains what erasing a profile deletes, and starts it. */
export function ErasePanel() {
  const [asking, setAsking] = useState(false);
  return (
    <Panel>
      <h2>Erase yourself</h2>
      <p>Your profile goes at once: nobody finds you, and no email comes to you. The rest follows within minutes:</p>
      <ul className={styles.list}>
        <li>your invites, those that you sent and those that you got, end;</li>
        <li>
          your connections end, and what you wrote in them is erased: neither you nor the others can read those conversations any more, also
          if you meet again;
        </li>
        <li>your favourites, your email preferences and your blocks are forgotten;</li>
        <li>where others still see that you were there, they see “Former member”.</li>
      </ul>
      <p>
        What stays: what others wrote to you, with those who wrote it; with our support, that you reported somebody or were reported,
        without your name and your words; and a block of you by somebody else.
      </p>
      <p>It cannot be undone, and nothing of it comes back. You can sign in again later, as somebody new.</p>
      <div className={styles.actions}>
        <Button icon={Trash2} onClick={() => setAsking(true)}>
          Erase yourself…
        </Button>
      </div>
      {asking && <EraseDialog onClose={() => setAsking(false)} />}
    </Panel>
  );
}

const word = 'erase';

/** Asks the member to type a word, erases the profile, and signs the member out. */
function EraseDialog({ onClose }: { readonly onClose: () => void }) {
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
        // An earlier attempt succeeded.
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
          <p role="alert" className="problem">
            {`You were not erased. ${problem.detail}`}
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
