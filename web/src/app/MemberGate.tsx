import { lazy, type ReactNode } from 'react';
import { Problem } from '@/api/problem';
import { MeProvider, useOwnProfile } from '@/members/useMe';
import { OutboxProvider } from '@/messenger/outbox/OutboxProvider';
import { Loading } from '@/ui/Loading';
import { ProblemNotice } from '@/ui/Notice';
import { LiveProvider } from './LiveProvider';

// For the first visit alone.
const ComeBack = lazy(async () => ({ default: (await import('@/profile/Welcome')).ComeBack }));
const Welcome = lazy(async () => ({ default: (await import('@/profile/Welcome')).Welcome }));

/** Lets through a member with a profile; asks a new one what they are here for. */
export function MemberGate({ children }: { readonly children: ReactNode }) {
  const own = useOwnProfile();
  if (own.isError && !own.data) {
    return (
      <main>
        <Loading at="come back">
          {Problem.from(own.error).code === 'profile-erased' ? (
            <ComeBack />
          ) : (
            <ProblemNotice error={own.error} retry={() => void own.refetch()} />
          )}
        </Loading>
      </main>
    );
  }

  if (!own.data) {
    return null;
  }

  if (own.data.profile.kind === undefined) {
    return (
      <main>
        <Loading at="welcome">
          <Welcome own={own.data} />
        </Loading>
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
