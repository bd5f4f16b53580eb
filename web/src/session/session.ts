import type { Credentials } from '@/api/client';

/** A signed-in member. Tokens are only in memory: nothing that a script could read later is stored. */
export interface Session extends Credentials {
  /** The member at the issuer. */
  readonly sub: string;
  /** @param refused the token in use unless given. */
  renew(refused?: string): Promise<string | undefined>;
  signOut(): Promise<void>;
}

/** How a session ended that this window did not end: signed out in another window, or the issuer no longer renews it. */
export type Ending = 'signed-out' | 'expired';

/** What another window of this browser did. */
export interface SessionFollower {
  readonly onSignedIn: (session: Session) => void;
  readonly onEnded: (ending: Ending) => void;
}

export interface SignIn {
  /** Restores the session of this browser, after a reload or a redirect or in a new window. */
  restore(): Promise<Session | undefined>;
  /** Follows the sign-ins and sign-outs of the other windows. */
  follow(follower: SessionFollower): void;
}

/**
 * `refused`: the person stopped; `expired`: the issuer's own session ended; `lost`: the window does not know the sign-in; `blocked`: the
 * browser stores nothing; `unreachable` and `failed`: the issuer's side.
 */
export type SignInFailureReason = 'refused' | 'expired' | 'lost' | 'blocked' | 'unreachable' | 'failed';

/** A failed sign-in, which can be tried again. */
export class SignInFailure extends Error {
  override readonly name = 'SignInFailure';

  constructor(
    readonly reason: SignInFailureReason,
    /** The issuer's explanation, for support. */
    readonly detail?: string,
  ) {
    super(detail ?? reason);
  }
}
