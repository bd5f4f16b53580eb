import { type SubmitEvent, useState } from 'react';
import { Problem } from '@/api/problem';
import { type OwnProfile, useSaveProfile } from '@/members/useMe';
import { HowItWorks } from '@/session/HowItWorks';
import { useSession } from '@/session/useSession';
import { Button } from '@/ui/Button';
import { TextField } from '@/ui/Field';
import { Logo } from '@/ui/Logo';
import { RadioChoice } from '@/ui/RadioChoice';
import { useTitle } from '@/ui/title';
import styles from './Welcome.module.css';

const maxNameLength = 80;
// What a member is called until they say otherwise, where their sign-in has no name: nothing to keep.
const unnamed = 'New member';

/** The first thing that a new member sees: how it works, who they are, and what they are here for, which is set once. */
export function Welcome({ own, erased = false }: { readonly own: Partial<OwnProfile>; readonly erased?: boolean }) {
  useTitle('Welcome');
  const { signOut } = useSession();
  const [cameTo] = useState(() => window.location.pathname + window.location.search);
  const [kind, setKind] = useState<Kind>();
  const [displayName, setDisplayName] = useState(own.profile && own.profile.displayName !== unnamed ? own.profile.displayName : '');
  const save = useSaveProfile();
  const problem = save.error ? Problem.from(save.error) : undefined;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (kind !== undefined && !save.isPending) {
      // A creator has to be found first; who came by a link goes on to where it led.
      window.history.replaceState(null, '', kind === 'creator' && cameTo === '/' ? '/profile' : cameTo);
      save.mutate({ change: { ...own.profile, kind, displayName }, etag: own.etag });
    }
  };
  return (
    <div className={styles.welcome}>
      <header className={styles.head}>
        <Logo size={44} />
        <h1>{erased ? 'Welcome back' : 'Welcome to Connections'}</h1>
        {erased && <p role="status">You erased your profile. Nothing of it is left; you can start anew.</p>}
      </header>
      <form className={styles.form} onSubmit={submit}>
        <TextField
          label="Your name"
          hint="As others will see it. You can change it later."
          required
          limit={maxNameLength}
          autoComplete="name"
          dir="auto"
          value={displayName}
          onChange={(event) => setDisplayName(event.target.value)}
          error={problem?.errors.displayName?.[0]}
        />
        <KindChoice value={kind} onChange={setKind} />
        {problem && (
          <p role="alert" className={styles.problem}>
            {problem.code === 'profile-erased'
              ? 'Your old profile is still being erased. Press Start again in a few seconds.'
              : problem.detail}
          </p>
        )}
        <div className={styles.actions}>
          <Button type="submit" tone="main" busy={save.isPending}>
            Start
          </Button>
          <Button tone="quiet" onClick={() => void signOut()}>
            Sign out
          </Button>
        </div>
      </form>
      <div className={styles.how}>
        <h2>How it works</h2>
        <HowItWorks />
      </div>
    </div>
  );
}

export type Kind = 'brand' | 'creator';

const kinds: readonly { readonly value: Kind; readonly name: string; readonly words: string }[] = [
  { value: 'brand', name: 'A brand', words: 'You look for creators to work with, and invite them.' },
  { value: 'creator', name: 'A creator', words: 'You publish, and want to be found. You can invite other creators too.' },
];

/** What a member is here for. It is set once, and the words say so. */
export function KindChoice({ value, onChange }: { readonly value: Kind | undefined; readonly onChange: (kind: Kind) => void }) {
  return <RadioChoice legend="You are" options={kinds} value={value} onChange={onChange} hint="This cannot be changed later." />;
}

/** For a member who erased themselves and signed in again: nothing of before is left, and they can start anew. */
export function ComeBack() {
  return <Welcome own={{}} erased />;
}
