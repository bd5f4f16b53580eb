import { type QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query';
import { CloudOff } from 'lucide-react';
import { lazy, type ReactNode, useEffect, useMemo, useState } from 'react';
import { ApiProvider, createApi, type Credentials } from '@/api/client';
import { Problem } from '@/api/problem';
import { createQueryClient, readMeIfOut } from '@/api/queries';
import { texts } from '@/texts/texts';
import { allowPictures } from '@/ui/Avatar';
import { Button } from '@/ui/Button';
import { Loading } from '@/ui/Loading';
import { SupportContext } from '@/ui/support';
import { Notice } from '@/ui/Notice';
import { type AppConfig, loadConfig } from './config';
import { forgetDrafts } from './drafts';
import { type Ending, type Session, SignInFailure } from './session';
import { openSignIn, type OpenSignIn } from './signIn';
import { windowStorage } from '@/ui/storage';
import { SessionContext, type SessionState } from './useSession';

// Needed only before sign-in.
const Goodbye = lazy(async () => ({ default: (await import('./Goodbye')).Goodbye }));
const SignInPage = lazy(async () => ({ default: (await import('./SignInPage')).SignInPage }));

// Needed after the first page.
const lastSeen = () => import('./lastSeen');

const forgetSeen = () =>
  Promise.allSettled([
    lastSeen().then(({ forgetLastSeen }) => forgetLastSeen()),
    import('./keptFiles').then(({ forgetKeptFiles }) => forgetKeptFiles()),
  ]);

interface Start {
  readonly config: AppConfig;
  readonly signIn: OpenSignIn;
  readonly session: Session | undefined;
  /** Puts what was last seen into the cache of the restored session, if there is no network. */
  readonly show: ((cache: QueryClient) => void) | undefined;
  /** Why a member who came back from the issuer is not signed in. */
  readonly failure: SignInFailure | undefined;
}

async function start(): Promise<Start> {
  const config = await loadConfig();
  allowPictures(config.pictures);
  const signIn = await openSignIn(config.signIn);
  try {
    const session = await signIn.method.restore();
    const show = session && config.offline ? await (await lastSeen()).readLastSeen(session.sub) : undefined;
    return { config, signIn, session, show, failure: undefined };
  } catch (error) {
    if (error instanceof SignInFailure) {
      return { config, signIn, session: undefined, show: undefined, failure: error };
    }

    throw error;
  }
}

/** Renders its children for a member who is signed in, and the sign-in page for everybody else. */
export function SessionGate({ children }: { readonly children: ReactNode }) {
  const started = useQuery({ queryKey: ['start'], queryFn: start, staleTime: Infinity, retry: 1, networkMode: 'always' });
  if (started.isError) {
    const problem = Problem.from(started.error);
    return (
      <main>
        <Notice
          icon={CloudOff}
          title={texts.session.cannotStart}
          action={<Button onClick={() => void started.refetch()}>{texts.common.retry}</Button>}
        >
          <p>
            {problem.status === 0 && started.error instanceof Error && !(started.error instanceof Problem)
              ? started.error.message
              : problem.detail}
          </p>
        </Notice>
      </main>
    );
  }

  // Nothing is shown during the short start, because a flash of the frame would be worse.
  return started.data ? <SignedIn start={started.data}>{children}</SignedIn> : null;
}

function SignedIn({
  start: { config, signIn, session: restored, show, failure },
  children,
}: {
  readonly start: Start;
  readonly children: ReactNode;
}) {
  const [session, setSession] = useState(restored);
  const [ended, setEnded] = useState<Ending>();
  const [leaving, setLeaving] = useState(farewell.isPending);
  const signedIn = useMemo(() => {
    if (!session) {
      return undefined;
    }

    // Each session gets an empty cache, so that nothing of the previous member is shown.
    const cache = createQueryClient();
    if (session === restored) {
      show?.(cache);
    }

    const leave = () => {
      cache.clear();
      setSession(undefined);
    };
    const credentials: Credentials = {
      token: () => session.token(),
      renew: async (refused) => {
        const token = await session.renew(refused);
        if (token === undefined) {
          setEnded('expired');
          leave();
        }

        return token;
      },
    };
    const api = createApi(config.api, credentials, (problem) => readMeIfOut(cache, problem));
    const signOut = async () => {
      forgetDrafts();
      await forgetSeen();
      setEnded(undefined);
      await session.signOut();
      leave();
    };
    const state: SessionState = {
      config,
      signOut,
      farewell: async () => {
        farewell.start();
        setLeaving(true);
        window.history.replaceState(null, '', '/');
        await signOut();
      },
    };
    return { cache, api, state };
  }, [config, session, restored, show]);
  useEffect(() => {
    if (session && signedIn) {
      lastSeen()
        .then(({ keepLastSeen }) => keepLastSeen(signedIn.cache, session.sub))
        .catch(() => undefined);
    }
  }, [session, signedIn]);
  useEffect(() => {
    signIn.method.follow({
      onSignedIn: (other) => setSession((own) => (own?.sub === other.sub ? own : other)),
      onEnded: (ending) => {
        if (ending === 'signed-out') {
          void forgetSeen();
        }

        setEnded(ending);
        setSession(undefined);
      },
    });
  }, [signIn]);
  if (!signedIn && leaving) {
    const onLeave = () => {
      farewell.done();
      setLeaving(false);
    };
    return (
      <Loading resetKey="goodbye">
        <Goodbye config={config} onLeave={onLeave} />
      </Loading>
    );
  }

  if (!signedIn) {
    return (
      <Loading resetKey="sign-in">
        <SignInPage config={config} signIn={signIn} ended={ended} failure={failure} onSignedIn={setSession} />
      </Loading>
    );
  }

  return (
    <QueryClientProvider client={signedIn.cache}>
      <ApiProvider value={signedIn.api}>
        <SessionContext value={signedIn.state}>
          <SupportContext value={config.support}>{children}</SupportContext>
        </SessionContext>
      </ApiProvider>
    </QueryClientProvider>
  );
}

// Survives the redirect to the issuer, and ends with the tab.
const key = 'connections.farewell';

/** Whether the last member erased their profile and still has to see the goodbye page. */
const farewell = {
  isPending: () => windowStorage.get(key) !== null,
  start: () => windowStorage.set(key, '1'),
  done: () => windowStorage.remove(key),
};
