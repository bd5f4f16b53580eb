import { useState, type SubmitEvent } from 'react';
import { Problem } from '../api/problem';
import type { OwnProfile } from '../members/useMe';
import { Button } from '../ui/Button';
import { TextField } from '../ui/TextField';
import { useTitle } from '../ui/useTitle';
import { KindChoice, type Kind } from './KindChoice';
import { useSaveProfile } from './useSaveProfile';
import styles from './Welcome.module.css';

/** The first thing that a new member sees: who they are, and what they are here for, which is set once. */
export function Welcome({ own }: { readonly own: Partial<OwnProfile> }) {
  useTitle('Welcome');
  const [kind, setKind] = useState<Kind>();
  const [displayName, setDisplayName] = useState(own.profile?.displayName ?? '');
  const save = useSaveProfile();
  const problem = save.error ? Problem.from(save.error) : undefined;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (kind !== undefined) {
      save.mutate({ change: { ...own.profile, kind, displayName }, etag: own.etag });
    }
  };
  return (
    <form className={styles.welcome} onSubmit={submit}>
      <h1>Welcome to Connections</h1>
      <TextField label="Your name" hint="As others will see it." required maxLength={80} autoComplete="name" value={displayName} onChange={(event) => setDisplayName(event.target.value)} error={problem?.errors.displayName?.[0]} />
      <KindChoice value={kind} onChange={setKind} />
      {problem && <p role="alert">{problem.detail}</p>}
      <div>
        <Button type="submit" tone="main" busy={save.isPending} disabled={kind === undefined}>
          Start
        </Button>
      </div>
    </form>
  );
}
