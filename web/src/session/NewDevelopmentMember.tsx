import { useState, type SubmitEvent } from 'react';
import { Button } from '../ui/Button';
import { TextField } from '../ui/TextField';
import type { DevelopmentMember } from './development';
import styles from './DevelopmentMembers.module.css';

/** Signs in as somebody who has not been here before. */
export function NewDevelopmentMember({ signIn, busy }: { readonly signIn: (member: DevelopmentMember) => void; readonly busy: boolean }) {
  const [sub, setSub] = useState('');
  const [name, setName] = useState('');
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    signIn({ sub: sub.trim(), email: `${sub.trim()}@example.com`, ...(name.trim() === '' ? {} : { name: name.trim() }) });
  };
  return (
    <form className={styles.section} onSubmit={submit} aria-labelledby="new-member">
      <h2 id="new-member">Or as somebody new</h2>
      <TextField
        label="Id"
        hint="Letters, digits and . _ ~ -"
        required
        pattern="[A-Za-z0-9._~\-]{1,128}"
        autoComplete="off"
        autoCapitalize="none"
        value={sub}
        onChange={(event) => setSub(event.target.value)}
      />
      <TextField label="Name" autoComplete="off" value={name} onChange={(event) => setName(event.target.value)} />
      <div>
        <Button type="submit" busy={busy}>
          Sign in
        </Button>
      </div>
    </form>
  );
}
