import { createContext, useContext } from 'react';
import type { AppConfig, Limits } from './config';

/** Who is signed in is known to the API; what the pages need is the way out, and the configuration. */
export interface SessionState {
  readonly config: AppConfig;
  readonly signOut: () => Promise<void>;
  /** Signs out whoever erased themselves, to a page that says goodbye. */
  readonly farewell: () => Promise<void>;
}

export const SessionContext = createContext<SessionState | undefined>(undefined);

export function useSession(): SessionState {
  const session = useContext(SessionContext);
  if (!session) {
    throw new Error('useSession is for components inside SessionGate.');
  }

  return session;
}

/** What the service is set to allow. */
export function useLimits(): Limits {
  return useSession().config.limits;
}
