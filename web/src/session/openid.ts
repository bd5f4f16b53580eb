import { ErrorResponse, InMemoryWebStorage, User, UserManager, WebStorageStateStore } from 'oidc-client-ts';
import { Problem } from '@/api/problem';
import { alone, OtherWindows } from './otherWindows';
import { type Session, type SessionFollower, type SignIn, SignInFailure } from './session';
import { browserStorage, isStorageBlocked } from '@/ui/storage';

/** Where the issuer redirects after sign-in. Register this path with the issuer. */
const signedInPath = '/signed-in';

const renewBeforeSeconds = 60;

/** Signs in at an OpenID Connect issuer by authorization code with PKCE. */
export class OpenIdSignIn implements SignIn {
  private readonly manager: UserManager;
  private readonly windows = new OtherWindows();
  private session: OpenIdSession | undefined;

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
      // Tokens are nowhere but in memory. A window gets them from another window, or again from the issuer.
      userStore: new WebStorageStateStore({ store: new InMemoryWebStorage() }),
      stateStore: new WebStorageStateStore({ store: isStorageBlocked() ? new InMemoryWebStorage() : sessionStorage }),
    });
  }

  /**
   * Completes a redirect from the issuer, or gets the session of another window, or asks the issuer, at which the member may still be
   * signed in. Asking leaves the page; the issuer brings the member back at once, whatever the answer.
   *
   * @throws {SignInFailure} if the sign-in did not succeed, or the member is no longer signed in at the issuer.
   */
  async restore(): Promise<Session | undefined> {
    if (window.location.pathname === signedInPath) {
      await this.completeRedirect();
    }

    const member = rememberedMember.get();
    const user = (await this.manager.getUser()) ?? (member && (await this.windows.ask().then(userOf)));
    if (!user && !member) {
      return undefined;
    }

    const session = (this.session = new OpenIdSession(
      this.manager,
      this.windows,
      user ?? undefined,
      member?.sub ?? user?.profile.sub ?? '',
    ));
    if (user) {
      await session.take(user);
      rememberedMember.set(user);
      this.windows.tell(user.toStorageString());
      // A token can have expired meanwhile, which needs no new sign-in.
      return user.expired && (await session.renew()) === undefined ? undefined : session;
    }

    try {
      await session.askIssuer();
    } catch (error) {
      // Without a network the page shows what was last seen. The session asks again when a call needs a token.
      if (failureOf(error).reason !== 'unreachable') {
        throw failureOf(error);
      }
    }

    return session;
  }

  follow({ onSignedIn, onEnded }: SessionFollower): void {
    this.windows.follow(
      () => this.session?.shared(),
      (text) => {
        const user = userOf(text);
        if (!user) {
          return;
        }

        if (this.session?.sub !== user.profile.sub) {
          this.session = new OpenIdSession(this.manager, this.windows, user, user.profile.sub);
        }

        void this.session.take(user);
        onSignedIn(this.session);
      },
      (ending) => {
        this.session = undefined;
        void this.manager.removeUser();
        onEnded(ending);
      },
    );
  }

  /**
   * Redirects to the issuer, which brings the member back to the current address.
   *
   * @throws {SignInFailure} if the browser blocks storage, or the issuer does not respond.
   */
  async leave(): Promise<void> {
    // The redirect back can be told from a forged one only by what was stored before.
    if (isStorageBlocked()) {
      throw new SignInFailure('blocked');
    }

    try {
      await this.manager.signinRedirect({ state: currentAddress() });
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
      rememberedMember.forget();
      throw failureOf(error);
    }
  }
}

function currentAddress(): string {
  return window.location.pathname + window.location.search + window.location.hash;
}

// The issuer's response must leave the address: it fails if it is loaded again.
function goTo(state: unknown): void {
  window.history.replaceState(null, '', typeof state === 'string' && state.startsWith('/') && !state.startsWith('//') ? state : '/');
}

function userOf(text: string | undefined): User | undefined {
  return text === undefined ? undefined : User.fromStorageString(text);
}

/** Who is signed in to this browser, so that a new window knows to ask. It has no token and opens nothing. */
const rememberedMember = {
  key: 'connections.signed-in',
  get(): { readonly sub: string; readonly hint?: string } | undefined {
    const kept = browserStorage.get(this.key);
    return kept === null ? undefined : (JSON.parse(kept) as { sub: string; hint?: string });
  },
  set({ profile }: User): void {
    // The claim with which the issuer finds its own session of the member, if it gives one.
    const { sub, login_hint: hint } = profile;
    browserStorage.set(this.key, JSON.stringify({ sub, ...(typeof hint === 'string' ? { hint } : {}) }));
  },
  forget(): void {
    browserStorage.remove(this.key);
  },
};

/** Maps the library's errors to a `SignInFailure`. */
export function failureOf(error: unknown): SignInFailure {
  if (error instanceof SignInFailure) {
    return error;
  }

  if (error instanceof ErrorResponse) {
    // The issuer was asked without a page for the member, and would have needed one.
    return error.error?.endsWith('_required')
      ? new SignInFailure('expired')
      : error.error === 'access_denied'
        ? new SignInFailure('refused')
        : new SignInFailure('failed', error.error_description ?? error.error ?? undefined);
  }

  const detail = error instanceof Error ? error.message : undefined;
  // The library has no error type for this: the window does not know the sign-in that comes back.
  return detail !== undefined && /^no (matching )?state/i.test(detail)
    ? new SignInFailure('lost')
    : new SignInFailure('unreachable', detail);
}

class OpenIdSession implements Session {
  private renewing: Promise<string | undefined> | undefined;
  private asking: Promise<void> | undefined;

  /** @param user undefined until the issuer can be asked. */
  constructor(
    private readonly manager: UserManager,
    private readonly windows: OtherWindows,
    private user: User | undefined,
    readonly sub: string,
  ) {}

  /** What another window needs to have this session. */
  shared(): string | undefined {
    return this.user?.toStorageString();
  }

  /** Takes over tokens that are newer than its own. */
  async take(user: User): Promise<void> {
    if (!this.user || (user.expires_at ?? 0) >= (this.user.expires_at ?? 0)) {
      this.user = user;
      await this.manager.storeUser(user);
    }
  }

  /** Leaves for the issuer, which comes back at once with a session or without. Settles only if the issuer cannot be asked. */
  askIssuer(): Promise<void> {
    this.asking ??= this.askIssuerNow().finally(() => {
      this.asking = undefined;
    });
    return this.asking;
  }

  async token(): Promise<string> {
    if (!this.user) {
      await this.askIssuer().catch(() => {
        throw Problem.offline();
      });
    }

    const left = this.user?.expires_in;
    const current = this.user?.access_token ?? '';
    // An old token is sent if it cannot be renewed. The server decides.
    return left !== undefined && left < renewBeforeSeconds ? ((await this.renew()) ?? current) : current;
  }

  /** Shares one renewal between concurrent calls of all windows, because a refresh token may work only once. */
  renew(refused = this.user?.access_token): Promise<string | undefined> {
    this.renewing ??= alone(() => this.renewNow(refused)).finally(() => {
      this.renewing = undefined;
    });
    return this.renewing;
  }

  async signOut(): Promise<void> {
    rememberedMember.forget();
    this.windows.end('signed-out');
    try {
      await this.manager.signoutRedirect();
    } catch {
      // The issuer is unreachable or has no sign-out. The member is signed out here in any case.
      await this.manager.removeUser();
    }
  }

  private async askIssuerNow(): Promise<void> {
    if (isStorageBlocked()) {
      throw new SignInFailure('blocked');
    }

    const hint = rememberedMember.get()?.hint;
    await this.manager.signinRedirect({
      prompt: 'none',
      state: currentAddress(),
      redirectMethod: 'replace',
      ...(hint === undefined ? {} : { login_hint: hint }),
    });
    await new Promise(() => undefined);
  }

  private async renewNow(refused: string | undefined): Promise<string | undefined> {
    // Another window may have renewed meanwhile.
    const other = userOf(await this.windows.ask());
    if (other?.profile.sub === this.sub) {
      await this.take(other);
    }

    if (this.user && this.user.access_token !== refused) {
      return this.user.access_token;
    }

    // Without a refresh token the library would try a hidden frame, where browsers block the issuer's cookies.
    if (this.user?.refresh_token !== undefined) {
      try {
        this.user = (await this.manager.signinSilent()) ?? this.user;
        this.windows.tell(this.user.toStorageString());
        return this.user.access_token;
      } catch (error) {
        if (failureOf(error).reason === 'unreachable') {
          // An unreachable network does not end a session.
          throw Problem.offline();
        }
      }
    }

    rememberedMember.forget();
    this.windows.end('expired');
    await this.manager.removeUser();
    return undefined;
  }
}
