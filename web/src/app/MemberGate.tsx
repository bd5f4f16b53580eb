import { lazy, type ReactNode } from 'react';
import { Problem } from '@/api/problem';
import { MeProvider, useOwnProfile } from '@/members/useMe';
import { OutboxProvider } from '@/messenger/outbox/OutboxProvider';
import { Loading } from '@/ui/Loading';
import { ProblemNotice } from '@/ui/Notice';
import { LiveProvider } from './LiveProvider';

// Needed only on the first visit.
const ComeBack = lazy(async () => ({ default: (await import('@/profile/Welcome')).ComeBack }));
const Welcome = lazy(async () => ({ default: (await import('@/profile/Welcome')).Welcome }));

/** Renders its children for a member with a profile, and the welcome page for a new member. */
export function MemberGate({ children }: { readonly children: ReactNode }) {
  const own = useOwnProfile();
  if (own.isError && !own.data) {
    return (
      <main>
        <Loading resetKey="come back">
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
        <Loading resetKey="welcome">
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
