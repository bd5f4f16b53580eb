import { useMutation } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { type SubmitEvent, useRef, useState } from 'react';
import { useApi } from '@/api/client';
import { Problem } from '@/api/problem';
import { useSession } from '@/session/useSession';
import { accountTexts } from '@/texts/account';
import { language, texts } from '@/texts/texts';
import { Button } from '@/ui/Button';
import { Dialog, DialogActions } from '@/ui/Dialog';
import { TextField } from '@/ui/Field';
import { Panel } from '@/ui/Page';
import styles from './YourDataPage.module.css';

const said = accountTexts.data;

/** Explains what erasing a profile deletes, and starts it. */
export function ErasePanel() {
  const [asking, setAsking] = useState(false);
  return (
    <Panel>
      <h2>{said.erase}</h2>
      <p>{said.eraseMeans}</p>
      <ul className={styles.list}>
        {Object.values(said.eraseList).map((what) => (
          <li key={what}>{what}</li>
        ))}
      </ul>
      <p>{said.eraseStays}</p>
      <p>{said.eraseFinal}</p>
      <div className={styles.actions}>
        <Button icon={Trash2} onClick={() => setAsking(true)}>
          {said.eraseAsk}
        </Button>
      </div>
      {asking && <EraseDialog onClose={() => setAsking(false)} />}
    </Panel>
  );
}

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
    const isTyped = typed.trim().toLocaleLowerCase(language) === said.eraseWord;
    setMissed(!isTyped);
    if (!isTyped) {
      field.current?.focus();
    } else if (!erase.isPending) {
      erase.mutate();
    }
  };
  return (
    <Dialog title={said.eraseConfirmTitle} onClose={onClose}>
      <form onSubmit={submit} noValidate>
        <p>{said.eraseConfirmMeans}</p>
        <p>{said.eraseConfirmFirst}</p>
        <TextField
          ref={field}
          label={said.eraseWordAsk(said.eraseWord)}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          error={missed ? said.eraseWordMissing(said.eraseWord) : undefined}
        />
        {problem && (
          <p role="alert" className="problem">
            {said.eraseFails(problem.detail)}
          </p>
        )}
        <DialogActions>
          <Button onClick={onClose}>{texts.common.cancel}</Button>
          <Button type="submit" tone="danger" busy={erase.isPending}>
            {said.eraseConfirm}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
