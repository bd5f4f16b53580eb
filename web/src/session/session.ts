import type { Credentials } from '../api/client';

/** Somebody is signed in. Tokens stay in memory, or with OpenID Connect in the tab's session storage; never in local storage. */
export interface Session extends Credentials {
  signOut(): Promise<void>;
}

/** A way to sign in. */
export interface SignIn {
  /** Whoever is signed in already: after a reload, or back from the issuer. */
  restore(): Promise<Session | undefined>;
}
