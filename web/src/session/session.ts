import type { Credentials } from '@/api/client';

/** Somebody is signed in. Tokens stay in memory, or with OpenID Connect in the tab's session storage; never in local storage. */
export interface Session extends Credentials {
  signOut(): Promise<void>;
}

/** A way to sign in. */
export interface SignIn {
  /** Whoever is signed in already: after a reload, or back from the issuer. */
  restore(): Promise<Session | undefined>;
}

/** Why somebody who wanted to sign in is not: they did not go on, the way back was lost, or the service did not do its part. */
export type SignInFailureReason = 'refused' | 'lost' | 'unreachable' | 'failed';

/** Signing in did not work out. The person can try again. */
export class SignInFailure extends Error {
  override readonly name = 'SignInFailure';

  constructor(
    readonly reason: SignInFailureReason,
    /** What the issuer says about it, for support. */
    readonly detail?: string,
  ) {
    super(detail ?? reason);
  }
}
