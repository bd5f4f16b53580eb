import { useMutation, useQuery } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { Problem } from '@/api/problem';
import { texts } from '@/texts/texts';
import { Avatar } from '@/ui/Avatar';
import { Button } from '@/ui/Button';
import { focusFirstFault, TextField } from '@/ui/Field';
import { ProblemNotice } from '@/ui/Notice';
import type { DevelopmentMember, DevelopmentSignIn } from './development';
import styles from './DevelopmentMembers.module.css';
import type { Session } from './session';

const said = texts.session;

// The demo brand, the demo creator, and a few more.
const shownAtFirst = 6;

/** Sign-in as a demo or new member, on the local host only. */
export function DevelopmentMembers({
  signIn,
  onSignedIn,
}: {
  readonly signIn: DevelopmentSignIn;
  readonly onSignedIn: (session: Session) => void;
}) {
  const offered = useQuery({ queryKey: ['development-members'], queryFn: readMembers });
  const choose = useMutation({ mutationFn: (member: DevelopmentMember) => signIn.as(member), onSuccess: onSignedIn });
  if (offered.isError) {
    return <ProblemNotice error={offered.error} retry={() => void offered.refetch()} />;
  }

  return (
    <>
      {choose.isError && <p role="alert">{Problem.from(choose.error).detail}</p>}
      <section className={styles.section} aria-labelledby="demo-members">
        <div>
          <h2 id="demo-members">{said.demoMembers}</h2>
          <p className={styles.hint}>
            {said.demoHint((open) => (
              <a href="/?as=" target="_blank" rel="noopener noreferrer">
                {open}
              </a>
            ))}
          </p>
        </div>
        <MemberButtons members={offered.data?.slice(0, shownAtFirst) ?? []} onChoose={choose.mutate} />
        {offered.data && offered.data.length > shownAtFirst && (
          <details>
            <summary className={styles.more}>{said.moreDemo(offered.data.length - shownAtFirst)}</summary>
            <MemberButtons members={offered.data.slice(shownAtFirst)} onChoose={choose.mutate} />
          </details>
        )}
      </section>
      <NewDevelopmentMember signIn={(member) => choose.mutate(member)} busy={choose.isPending} />
    </>
  );
}

async function readMembers(): Promise<readonly OfferedMember[]> {
  const response = await fetch('/dev/members').catch(() => {
    throw Problem.offline();
  });
  if (!response.ok) {
    throw await Problem.of(response);
  }

  return (await response.json()) as readonly OfferedMember[];
}

/** A demo member of the local host. */
interface OfferedMember {
  readonly id: string;
  readonly displayName: string;
  readonly kind: string;
  readonly email: string;
}

function MemberButtons({
  members,
  onChoose,
}: {
  readonly members: readonly OfferedMember[];
  readonly onChoose: (member: DevelopmentMember) => void;
}) {
  return (
    <ul className={styles.members}>
      {members.map(({ id, displayName, kind, email }) => (
        <li key={id}>
          <button type="button" className={styles.member} onClick={() => onChoose({ sub: id, email, name: displayName })}>
            <Avatar name={displayName} url={`/dev/avatars/${id}.svg`} size={40} />
            <span>
              <span className={styles.name} dir="auto">
                {displayName}
              </span>
              <span className="hint">{`${kind} · ${id}`}</span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

const idForm = '[A-Za-z0-9._~\\-]{1,128}';
const isId = (text: string) => new RegExp(`^${idForm}$`).test(text.trim());

/** The form for a member who does not exist yet. */
function NewDevelopmentMember({ signIn, busy }: { readonly signIn: (member: DevelopmentMember) => void; readonly busy: boolean }) {
  const [sub, setSub] = useState('');
  const [name, setName] = useState('');
  const [missed, setMissed] = useState(false);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (!isId(sub)) {
      setMissed(true);
      focusFirstFault(event.currentTarget as HTMLFormElement);
      return;
    }

    signIn({ sub: sub.trim(), email: `${sub.trim()}@example.com`, ...(name.trim() === '' ? {} : { name: name.trim() }) });
  };
  return (
    <form className={styles.section} noValidate onSubmit={submit} aria-labelledby="new-member">
      <h2 id="new-member">{said.newMember}</h2>
      <TextField
        label={said.id}
        hint={said.idHint}
        required
        pattern={idForm}
        autoComplete="off"
        autoCapitalize="none"
        value={sub}
        onChange={(event) => setSub(event.target.value)}
        error={missed && !isId(sub) ? said.idWrong : undefined}
      />
      <TextField label={said.name} autoComplete="off" value={name} onChange={(event) => setName(event.target.value)} />
      <div>
        <Button type="submit" busy={busy}>
          {texts.common.signIn}
        </Button>
      </div>
    </form>
  );
}
