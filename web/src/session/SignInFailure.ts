/** Why somebody who wanted to sign in is not: they did not go on, the way back was lost, or the service did not do its part. */
export type SignInFailureReason = 'refused' | 'lost' | 'unreachable' | 'failed';

/** Signing in did not work out. The person can try again. */
export class SignInFailure extends Error {
  override readonly name = 'SignInFailure';

  constructor(
    readonly reason: SignInFailureReason,
    /** What the issuer says about it, for support. */
    readonly said?: string,
  ) {
    super(said ?? reason);
  }
}
