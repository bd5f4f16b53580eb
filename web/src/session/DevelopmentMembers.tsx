import { useMutation, useQuery } from '@tanstack/react-query';
import { Problem } from '../api/problem';
import { Avatar } from '../ui/Avatar';
import { ProblemNotice } from '../ui/ProblemNotice';
import type { DevelopmentMember, DevelopmentSignIn } from './development';
import styles from './DevelopmentMembers.module.css';
import { NewDevelopmentMember } from './NewDevelopmentMember';
import type { Session } from './session';

interface OfferedMember {
  readonly id: string;
  readonly displayName: string;
  readonly kind: string;
  readonly email: string;
}

/** Sign in as a demo member, or as somebody new: only where the local host says so. */
export function DevelopmentMembers({ signIn, onSignedIn }: { readonly signIn: DevelopmentSignIn; readonly onSignedIn: (session: Session) => void }) {
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
          <h2 id="demo-members">Sign in as a demo member</h2>
          <p className={styles.hint}>This is a development host: there is no password. Open a second tab to be two people at once.</p>
        </div>
        <ul className={styles.members}>
          {offered.data?.map(({ id, displayName, kind, email }) => (
            <li key={id}>
              <button type="button" className={styles.member} onClick={() => choose.mutate({ sub: id, email, name: displayName })}>
                <Avatar name={displayName} url={`/dev/avatars/${id}.svg`} size={40} />
                <span>
                  <span className={styles.name}>{displayName}</span>
                  <span className={styles.kind}>
                    {kind} · {id}
                  </span>
                </span>
              </button>
            </li>
          ))}
        </ul>
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
