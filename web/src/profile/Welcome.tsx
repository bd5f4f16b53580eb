import { type SubmitEvent, useState } from 'react';
import { Problem } from '@/api/problem';
import { type OwnProfile, useSaveProfile } from '@/members/useMe';
import { HowItWorks } from '@/session/HowItWorks';
import { useSession } from '@/session/useSession';
import { accountTexts } from '@/texts/account';
import { texts } from '@/texts/texts';
import { Button } from '@/ui/Button';
import { focusFirstFault, TextField } from '@/ui/Field';
import { Logo } from '@/ui/Logo';
import { RadioChoice } from '@/ui/RadioChoice';
import { useTitle } from '@/ui/title';
import styles from './Welcome.module.css';

const said = accountTexts.welcome;

const maxNameLength = 80;
// The placeholder name that the server gives a member whose sign-in has no name.
// eslint-disable-next-line text/in-catalogue -- The page does not show it.
const unnamed = 'New member';

/** The first page for a new member: how it works, their name, and their kind, which cannot be changed later. */
export function Welcome({ own, erased = false }: { readonly own: Partial<OwnProfile>; readonly erased?: boolean }) {
  useTitle(said.title);
  const { signOut } = useSession();
  const [cameTo] = useState(() => window.location.pathname + window.location.search);
  const [kind, setKind] = useState<Kind>();
  const [displayName, setDisplayName] = useState(own.profile && own.profile.displayName !== unnamed ? own.profile.displayName : '');
  const [missed, setMissed] = useState(false);
  const save = useSaveProfile();
  const problem = save.error ? Problem.from(save.error) : undefined;
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (kind === undefined || displayName.trim() === '') {
      setMissed(true);
      focusFirstFault(event.currentTarget as HTMLFormElement);
    } else if (!save.isPending) {
      // A new creator first completes the profile, unless a link brought them elsewhere.
      window.history.replaceState(null, '', kind === 'creator' && cameTo === '/' ? '/profile' : cameTo);
      save.mutate({ change: { ...own.profile, kind, displayName }, etag: own.etag });
    }
  };
  return (
    <div className={styles.welcome}>
      <header className={styles.head}>
        <Logo size={44} />
        <h1>{erased ? said.back : said.toConnections}</h1>
        {erased && <p role="status">{said.backWhy}</p>}
      </header>
      <form className={styles.form} noValidate onSubmit={submit}>
        <TextField
          label={accountTexts.profile.labels.displayName}
          hint={said.nameHint}
          required
          limit={maxNameLength}
          autoComplete="name"
          dir="auto"
          value={displayName}
          onChange={(event) => setDisplayName(event.target.value)}
          error={missed && displayName.trim() === '' ? said.nameMissing : problem?.errors.displayName?.[0]}
        />
        <KindChoice value={kind} onChange={setKind} error={missed && kind === undefined ? said.kindMissing : undefined} />
        {problem && (
          <p role="alert" className="problem">
            {problem.code === 'profile-erased' ? said.stillErased : problem.detail}
          </p>
        )}
        <div className={styles.actions}>
          <Button type="submit" tone="main" busy={save.isPending}>
            {said.start}
          </Button>
          <Button tone="quiet" onClick={() => void signOut()}>
            {texts.common.signOut}
          </Button>
        </div>
      </form>
      <div className={styles.how}>
        <h2>{texts.common.howItWorks}</h2>
        <HowItWorks />
      </div>
    </div>
  );
}

type Kind = 'brand' | 'creator';

const kinds = (['brand', 'creator'] as const).map((value) => ({ value, ...said.kinds[value] }));

/** The choice of the member's kind. */
function KindChoice(props: {
  readonly value: Kind | undefined;
  readonly onChange: (kind: Kind) => void;
  readonly error: string | undefined;
}) {
  return <RadioChoice legend={said.kind} options={kinds} hint={said.kindHint} {...props} />;
}

/** The page for a member who erased their profile and signed in again. They start anew. */
export function ComeBack() {
  return <Welcome own={{}} erased />;
}
