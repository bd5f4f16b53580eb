import { UserManager, WebStorageStateStore, type User } from 'oidc-client-ts';
import type { Session, SignIn } from './session';

/** Where the issuer sends people back to. Register it with the issuer. */
export const signedInPath = '/signed-in';

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
      automaticSilentRenew: true,
      // Ends with the tab. What a script of another site cannot read, and what does not lie on the disk for the next person.
      userStore: new WebStorageStateStore({ store: sessionStorage }),
      stateStore: new WebStorageStateStore({ store: sessionStorage }),
    });
  }

  async restore(): Promise<Session | undefined> {
    if (window.location.pathname === signedInPath) {
      const user = await this.manager.signinCallback();
      window.history.replaceState(null, '', typeof user?.state === 'string' ? user.state : '/');
    }

    const user = await this.manager.getUser();
    return user && !user.expired ? new OpenIdSession(this.manager, user) : undefined;
  }

  /** Leaves the page for the issuer, which brings the person back to where they are now. */
  async leave(): Promise<void> {
    await this.manager.signinRedirect({ state: window.location.pathname + window.location.search });
  }
}

class OpenIdSession implements Session {
  constructor(
    private readonly manager: UserManager,
    private user: User,
  ) {
    manager.events.addUserLoaded((renewed) => {
      this.user = renewed;
    });
  }

  async token(): Promise<string> {
    return this.user.expired ? ((await this.renew()) ?? this.user.access_token) : this.user.access_token;
  }

  async renew(): Promise<string | undefined> {
    const user = await this.manager.signinSilent().catch(() => null);
    return user?.access_token;
  }

  async signOut(): Promise<void> {
    await this.manager.signoutRedirect();
  }
}
