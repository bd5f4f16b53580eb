import type { Credentials } from '@/api/client';

/** A signed-in member. Tokens stay in memory or, with OpenID Connect, in the tab's session storage; never in local storage. */
export interface Session extends Credentials {
  signOut(): Promise<void>;
}

export interface SignIn {
  /** Restores a session after a reload or a redirect. */
  restore(): Promise<Session | undefined>;
}

/** `refused`: the person stopped; `lost`: the tab does not know the sign-in; `unreachable` and `failed`: the issuer's side. */
export type SignInFailureReason = 'refused' | 'lost' | 'unreachable' | 'failed';

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
