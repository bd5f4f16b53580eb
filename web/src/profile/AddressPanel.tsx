import { type SubmitEvent, useState } from 'react';
import { Problem } from '@/api/problem';
import { accountTexts } from '@/texts/account';
import { Button } from '@/ui/Button';
import { TextField } from '@/ui/Field';
import { Refusal } from '@/ui/Notice';
import { Panel } from '@/ui/Page';
import { formatDateTime } from '@/ui/Time';
import styles from './AddressPanel.module.css';
import { useAskForEmail, useMyEmail } from './useMyEmail';

const said = accountTexts.address;

/** Where the member's emails go, whether that is confirmed, and the way to another address. */
export function AddressPanel() {
  const { data: email } = useMyEmail();
  const ask = useAskForEmail();
  const [typed, setTyped] = useState('');
  if (!email) {
    return null;
  }

  const { address, confirmed, pending, offered } = email;
  const bounces = email.problem === 'bounces';
  const emailsGoTo = bounces ? said.bounces : confirmed ? said.confirmed : said.unconfirmed;
  const problem = ask.error ? Problem.from(ask.error) : undefined;
  const refusal = problem?.errors.email?.[0];
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!ask.isPending) {
      ask.mutate(typed, { onSuccess: () => setTyped('') });
    }
  };
  return (
    <Panel>
      <h2>{said.title}</h2>
      <p>{address === undefined ? said.none : emailsGoTo(<b>{address}</b>)}</p>
      {address !== undefined && (bounces || !confirmed) && pending?.address !== address && (
        <div className={styles.actions}>
          <Button tone="main" busy={ask.isPending} onClick={() => ask.mutate(address)}>
            {said.confirm}
          </Button>
        </div>
      )}
      {pending && (
        <>
          <p role="status">
            {pending.undeliveredAt === undefined
              ? said.waits(<b>{pending.address}</b>, formatDateTime(pending.until))
              : said.undelivered(<b>{pending.address}</b>)}
          </p>
          <div className={styles.actions}>
            <Button busy={ask.isPending} onClick={() => ask.mutate(pending.address)}>
              {said.again}
            </Button>
            {address !== undefined && confirmed && (
              <Button busy={ask.isPending} onClick={() => ask.mutate(address)}>
                {said.withdraw}
              </Button>
            )}
          </div>
        </>
      )}
      {offered !== undefined && (
        <>
          <p>{said.offer(<b>{offered}</b>)}</p>
          <div className={styles.actions}>
            <Button busy={ask.isPending} onClick={() => ask.mutate(offered)}>
              {said.take}
            </Button>
          </div>
        </>
      )}
      <form className={styles.form} onSubmit={submit} noValidate>
        <TextField
          label={said.another}
          hint={said.anotherHint}
          type="email"
          inputMode="email"
          autoComplete="email"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          error={refusal}
        />
        <div className={styles.actions}>
          <Button type="submit" busy={ask.isPending}>
            {said.send}
          </Button>
        </div>
      </form>
      <Refusal problem={refusal === undefined ? problem : undefined} />
    </Panel>
  );
}
