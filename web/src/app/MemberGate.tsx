import type { ReactNode } from 'react';
import { Problem } from '../api/problem';
import { LiveProvider } from '../live/LiveProvider';
import { MeProvider, useOwnProfile } from '../members/useMe';
import { OutboxProvider } from '../messenger/outbox/OutboxProvider';
import { ComeBack } from '../profile/ComeBack';
import { Welcome } from '../profile/Welcome';
import { ProblemNotice } from '../ui/ProblemNotice';

/** Lets through a member with a profile; asks a new one what they are here for. */
export function MemberGate({ children }: { readonly children: ReactNode }) {
  const own = useOwnProfile();
  if (own.isError && !own.data) {
    return <main>{Problem.from(own.error).code === 'profile-erased' ? <ComeBack /> : <ProblemNotice error={own.error} retry={() => void own.refetch()} />}</main>;
  }

  if (!own.data) {
    return null;
  }

  if (own.data.profile.kind === undefined) {
    return (
      <main>
        <Welcome own={own.data} />
      </main>
    );
  }

  return (
    <MeProvider value={own.data.profile}>
      <LiveProvider>
        <OutboxProvider>{children}</OutboxProvider>
      </LiveProvider>
    </MeProvider>
  );
}
