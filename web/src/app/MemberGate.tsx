import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { lazy, type ReactNode, useEffect } from 'react';
import { type Api, useApi } from '@/api/client';
import { Problem } from '@/api/problem';
import { readConnections } from '@/contacts/useContacts';
import { readCreators } from '@/creators/ExplorePage';
import { MeProvider, useOwnProfile } from '@/members/useMe';
import { OutboxProvider } from '@/messenger/outbox/OutboxProvider';
import { Loading } from '@/ui/Loading';
import { ProblemNotice } from '@/ui/Notice';
import { LiveProvider } from './LiveProvider';
import { EmptyShell } from './Shell';

// Needed only on the first visit, or never.
const ComeBack = lazy(async () => ({ default: (await import('@/profile/Welcome')).ComeBack }));
const SuspendedPage = lazy(async () => ({ default: (await import('@/profile/SuspendedPage')).SuspendedPage }));
const Welcome = lazy(async () => ({ default: (await import('@/profile/Welcome')).Welcome }));

/** Renders its children for a member with a profile, and the welcome page for a new member. */
export function MemberGate({ children }: { readonly children: ReactNode }) {
  const own = useOwnProfile();
  const cache = useQueryClient();
  const api = useApi();
  useEffect(() => readEarly(cache, api), [cache, api]);
  if (own.isError && !own.data) {
    return (
      <main>
        <Loading resetKey="come-back">
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
    return <EmptyShell />;
  }

  if (own.data.profile.suspension) {
    return (
      <main>
        <Loading resetKey="suspended">
          <SuspendedPage suspension={own.data.profile.suspension} />
        </Loading>
      </main>
    );
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

/** Begins to read what the page at the address needs, beside the profile. */
function readEarly(cache: QueryClient, api: Api): void {
  const { pathname, search } = window.location;
  if (pathname === '/') {
    readCreators(cache, api, search);
  } else if (/^\/(messages|connections)(\/|$)/.test(pathname)) {
    readConnections(cache, api);
  }
}
