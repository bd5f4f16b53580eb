import { ErrorResponse, type User, UserManager, WebStorageStateStore } from 'oidc-client-ts';
import { Problem } from '@/api/problem';
import { type Session, type SignIn, SignInFailure } from './session';

/** Where the issuer redirects after sign-in. Register this path with the issuer. */
const signedInPath = '/signed-in';

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
      // The session renews its token when a call needs one. After sleep, a renewal by timer could use the same refresh token at the same
      // time, and issuers revoke a refresh token that is used twice.
      automaticSilentRenew: false,
      // Ends with the tab, and is not left on disk for the next person.
      userStore: new WebStorageStateStore({ store: sessionStorage }),
      stateStore: new WebStorageStateStore({ store: sessionStorage }),
    });
  }

  /**
   * Restores the tab's session, or completes a redirect from the issuer.
   *
   * @throws {SignInFailure} if the sign-in did not succeed.
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
    // After a reload the token can have expired, which needs no new sign-in.
    return user.expired && (await session.renew()) === undefined ? undefined : session;
  }

  /**
   * Redirects to the issuer, which brings the member back to the current address.
   *
   * @throws {SignInFailure} if the issuer does not respond.
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

// The issuer's response must leave the address: it fails if it is loaded again.
function goTo(state: unknown): void {
  window.history.replaceState(null, '', typeof state === 'string' && state.startsWith('/') && !state.startsWith('//') ? state : '/');
}

/** Maps the library's errors to a `SignInFailure`. */
export function failureOf(error: unknown): SignInFailure {
  if (error instanceof ErrorResponse) {
    return error.error === 'access_denied'
      ? new SignInFailure('refused')
      : new SignInFailure('failed', error.error_description ?? error.error ?? undefined);
  }

  const detail = error instanceof Error ? error.message : undefined;
  // The library has no error type for this: the tab does not know the sign-in that comes back.
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
    // An old token is sent if it cannot be renewed. The server decides.
    return left !== undefined && left < renewBeforeSeconds ? ((await this.renew()) ?? this.user.access_token) : this.user.access_token;
  }

  /** Shares one renewal between concurrent calls, because a refresh token may work only once. */
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
      // The issuer is unreachable or has no sign-out. The member is signed out here in any case.
      await this.manager.removeUser();
    }
  }

  private async renewNow(): Promise<string | undefined> {
    // Without a refresh token the library would try a hidden frame, where browsers block the issuer's cookies.
    if (this.user.refresh_token !== undefined) {
      try {
        this.user = (await this.manager.signinSilent()) ?? this.user;
        return this.user.access_token;
      } catch (error) {
        if (failureOf(error).reason === 'unreachable') {
          // An unreachable network does not end a session.
          throw Problem.offline();
        }
      }
    }

    await this.manager.removeUser();
    return undefined;
  }
}
