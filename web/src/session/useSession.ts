import { createContext, useContext } from 'react';
import type { AppConfig, Limits } from './config';

/** What pages need of a session: the configuration, and how to end it. */
export interface SessionState {
  readonly config: AppConfig;
  readonly signOut: () => Promise<void>;
  /** Signs out a member who erased their profile, and shows the goodbye page. */
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

export function useLimits(): Limits {
  return useSession().config.limits;
}
