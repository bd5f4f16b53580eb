import { ErrorResponse, type User, UserManager, WebStorageStateStore } from 'oidc-client-ts';
import { Problem } from '@/api/problem';
import { type Session, type SignIn, SignInFailure } from './session';

/** Where the issuer sends people back to. Register it with the issuer. */
export const signedInPath = '/signed-in';

const renewBeforeSeconds = 60;

/** Signs in at an OpenID Connect issuer by authorization code with PKCE. */
export class OpenIdSignIn implements SignIn {
  private readonly manager: UserManager;

  constructor(config: { readonly authority: string; readonly clientId: string; readonly scope: string }) {
    this.manager = new UserManager({
      authority: config.authority,
      client_id: config.clientId,
      scope: config.scope,
      redirect_uri: window.location.origin + signedInPath,
      post_logout_redirect_uri: window.location.origin,
      response_type: 'code',
      // The session renews itself when a call needs a token. A timer beside it would, after sleep, use the same refresh token at the
      // same time, and an issuer ends the sign-in of a refresh token that comes twice.
      automaticSilentRenew: false,
      // Ends with the tab. What a script of another site cannot read, and what does not lie on the disk for the next person.
      userStore: new WebStorageStateStore({ store: sessionStorage }),
      stateStore: new WebStorageStateStore({ store: sessionStorage }),
    });
  }

  /**
   * Whoever is signed in in this tab, or comes back from the issuer.
   * @throws {SignInFailure} for who comes back without having signed in.
   */
  async restore(): Promise<Session | undefined> {
    if (window.location.pathname === signedInPath) {
      await this.completeRedirect();
    }

    const user = await this.manager.getUser();
    if (!user) {
      return undefined;
    }

    const session = new OpenIdSession(this.manager, user);
    // After a reload the token can have run out, which is no reason to ask anybody for a password.
    return user.expired && (await session.renew()) === undefined ? undefined : session;
  }

  /**
   * Leaves the page for the issuer, which brings the person back to where they are now.
   * @throws {SignInFailure} when the issuer does not answer.
   */
  async leave(): Promise<void> {
    try {
      await this.manager.signinRedirect({ state: window.location.pathname + window.location.search });
    } catch (error) {
      throw failureOf(error);
    }
  }

  private async completeRedirect(): Promise<void> {
    try {
      const user = await this.manager.signinCallback();
      goTo(user?.state);
    } catch (error) {
      goTo(error instanceof ErrorResponse ? error.state : undefined);
      throw failureOf(error);
    }
  }
}

// The issuer's answer must not stay in the address: loaded again, it could only fail.
function goTo(state: unknown): void {
  window.history.replaceState(null, '', typeof state === 'string' && state.startsWith('/') && !state.startsWith('//') ? state : '/');
}

/** What went wrong, from the library's many kinds of errors. */
export function failureOf(error: unknown): SignInFailure {
  if (error instanceof ErrorResponse) {
    return error.error === 'access_denied'
      ? new SignInFailure('refused')
      : new SignInFailure('failed', error.error_description ?? error.error ?? undefined);
  }

  const detail = error instanceof Error ? error.message : undefined;
  // The library has no other name for these: the tab does not know that it ever left for the issuer.
  return detail !== undefined && /^no (matching )?state/i.test(detail)
    ? new SignInFailure('lost')
    : new SignInFailure('unreachable', detail);
}

class OpenIdSession implements Session {
  private renewing: Promise<string | undefined> | undefined;

  constructor(
    private readonly manager: UserManager,
    private user: User,
  ) {}

  async token(): Promise<string> {
    const left = this.user.expires_in;
    // A token that could not be renewed is sent all the same: the server has the last word.
    return left !== undefined && left < renewBeforeSeconds ? ((await this.renew()) ?? this.user.access_token) : this.user.access_token;
  }

  /** One renewal for all calls that ask at the same time: a refresh token may hold only once. */
  renew(): Promise<string | undefined> {
    this.renewing ??= this.renewNow().finally(() => {
      this.renewing = undefined;
    });
    return this.renewing;
  }

  async signOut(): Promise<void> {
    try {
      await this.manager.signoutRedirect();
    } catch {
      // An issuer that is away, or has no way to sign out: they are signed out here in any case.
      await this.manager.removeUser();
    }
  }

  private async renewNow(): Promise<string | undefined> {
    // Without a refresh token the library would try a hidden frame, where browsers keep the issuer's cookies out.
    if (this.user.refresh_token !== undefined) {
      try {
        this.user = (await this.manager.signinSilent()) ?? this.user;
        return this.user.access_token;
      } catch (error) {
        if (failureOf(error).reason === 'unreachable') {
          // Nobody is signed out because a network is away for a while.
          throw Problem.offline();
        }
      }
    }

    await this.manager.removeUser();
    return undefined;
  }
}
