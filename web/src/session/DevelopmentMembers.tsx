import { useMutation, useQuery } from '@tanstack/react-query';
import { Problem } from '../api/problem';
import { ProblemNotice } from '../ui/ProblemNotice';
import type { DevelopmentMember, DevelopmentSignIn } from './development';
import styles from './DevelopmentMembers.module.css';
import { MemberButtons, type OfferedMember } from './MemberButtons';
import { NewDevelopmentMember } from './NewDevelopmentMember';
import type { Session } from './session';

// The demo brand, the demo creator, and a few more.
const shownAtFirst = 6;

/** Sign in as a demo member, or as somebody new: only where the local host says so. */
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
          <h2 id="demo-members">Sign in as a demo member</h2>
          <p className={styles.hint}>This is a development host: there is no password. Open a second tab to be two people at once.</p>
        </div>
        <MemberButtons members={offered.data?.slice(0, shownAtFirst) ?? []} onChoose={choose.mutate} />
        {offered.data && offered.data.length > shownAtFirst && (
          <details>
            <summary className={styles.more}>{offered.data.length - shownAtFirst} more demo creators</summary>
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
