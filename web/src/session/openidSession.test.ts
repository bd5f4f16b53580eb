import { UserManager } from 'oidc-client-ts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { OpenIdSignIn } from './openid';

const authority = 'https://issuer.example';
const config = { authority, clientId: 'connections-web', scope: 'openid offline_access' };
const rememberedKey = 'connections.signed-in';

/** The issuer's response to a refresh. */
let refresh: () => Response;
let refreshed: string[];

const json = (document: unknown, status = 200) =>
  new Response(JSON.stringify(document), { status, headers: { 'Content-Type': 'application/json' } });

/** Another window of this browser, with a session that it shares. */
let otherWindow: BroadcastChannel;
let told: { readonly kind: string; readonly session?: string; readonly ending?: string }[];

function keepUser(secondsLeft: number, refreshToken?: string, accessToken = 'token-1') {
  localStorage.setItem(rememberedKey, JSON.stringify({ sub: 'mira' }));
  const session = JSON.stringify({
    access_token: accessToken,
    token_type: 'Bearer',
    profile: { sub: 'mira' },
    expires_at: Math.floor(Date.now() / 1000) + secondsLeft,
    refresh_token: refreshToken,
  });
  otherWindow.onmessage = ({ data }) => {
    const message = data as (typeof told)[number];
    if (message.kind === 'ask') {
      otherWindow.postMessage({ kind: 'session', session });
    } else {
      told.push(message);
    }
  };
}

async function restored() {
  const session = await new OpenIdSignIn(config).restore();
  if (!session) {
    throw new Error('Nobody is signed in.');
  }

  return session;
}

beforeEach(() => {
  sessionStorage.clear();
  localStorage.clear();
  otherWindow = new BroadcastChannel('connections.session');
  told = [];
  window.history.replaceState(null, '', '/connections');
  refreshed = [];
  // A refresh token works once, as at an issuer that rotates them.
  refresh = () =>
    json({
      access_token: `token-${refreshed.length + 2}`,
      token_type: 'Bearer',
      expires_in: 3600,
      refresh_token: `refresh-${refreshed.length + 2}`,
    });
  vi.stubGlobal('fetch', async (input: RequestInfo | URL, init?: RequestInit) => {
    const request = new Request(input, init);
    if (request.url.endsWith('/.well-known/openid-configuration')) {
      return json({ issuer: authority, authorization_endpoint: `${authority}/authorize`, token_endpoint: `${authority}/token` });
    }

    const token = new URLSearchParams(await request.text()).get('refresh_token') ?? '';
    const answer = refreshed.includes(token) ? json({ error: 'invalid_grant' }, 400) : refresh();
    refreshed.push(token);
    return answer;
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
  otherWindow.close();
});

describe('a sign-in at an OpenID Connect issuer', () => {
  it('does not renew a valid token', async () => {
    keepUser(600, 'refresh-1');
    expect(await (await restored()).token()).toBe('token-1');
    expect(refreshed).toEqual([]);
  });

  it('renews once for all concurrent calls', async () => {
    keepUser(30, 'refresh-1');
    const session = await restored();
    const tokens = await Promise.all([session.token(), session.token(), session.renew(), session.token()]);
    expect(tokens).toEqual(['token-2', 'token-2', 'token-2', 'token-2']);
    expect(refreshed).toEqual(['refresh-1']);
  });

  it('renews with the refresh token of the last renewal', async () => {
    keepUser(30, 'refresh-1');
    const session = await restored();
    await session.renew();
    expect(await session.renew()).toBe('token-3');
    expect(refreshed).toEqual(['refresh-1', 'refresh-2']);
  });

  it('is that of another window in a new window, and nothing of it is stored', async () => {
    keepUser(600, 'refresh-1');
    const session = await restored();
    expect(session.sub).toBe('mira');
    expect(JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)])).not.toMatch(/token-1|refresh-1/);
  });

  it('tells the other windows of a renewal and of its end', async () => {
    keepUser(30, 'refresh-1');
    const session = await restored();
    await session.renew();
    refresh = () => json({ error: 'invalid_grant' }, 400);
    await session.renew();
    await vi.waitFor(() => expect(told.at(-1)).toEqual({ kind: 'ended', ending: 'expired' }));
    expect(told.some(({ session: shared }) => shared?.includes('refresh-2'))).toBe(true);
  });

  it('takes over what another window renewed', async () => {
    keepUser(30, 'refresh-1');
    const session = await restored();
    keepUser(3600, 'refresh-9', 'token-9');
    expect(await session.renew()).toBe('token-9');
    expect(refreshed).toEqual([]);
  });

  it('is asked of the issuer, without a page, if no window has it', async () => {
    localStorage.setItem(rememberedKey, JSON.stringify({ sub: 'mira', hint: 'mira-hint' }));
    const redirect = vi.spyOn(UserManager.prototype, 'signinRedirect').mockResolvedValue(undefined);
    void new OpenIdSignIn(config).restore();
    await vi.waitFor(() =>
      expect(redirect).toHaveBeenCalledWith({ prompt: 'none', login_hint: 'mira-hint', redirectMethod: 'replace', state: '/connections' }),
    );
    redirect.mockRestore();
  });

  it('survives a reload after its token expired', async () => {
    keepUser(-3600, 'refresh-1');
    expect(await (await restored()).token()).toBe('token-2');
  });

  it('ends for good when the issuer refuses a renewal', async () => {
    keepUser(-3600, 'refresh-1');
    refresh = () => json({ error: 'invalid_grant' }, 400);
    expect(await new OpenIdSignIn(config).restore()).toBeUndefined();
    expect(localStorage.getItem(rememberedKey)).toBeNull();
  });

  it('ends without a refresh token', async () => {
    keepUser(-1);
    expect(await new OpenIdSignIn(config).restore()).toBeUndefined();
  });

  it('does not end while the issuer is unreachable', async () => {
    keepUser(30, 'refresh-1');
    const session = await restored();
    const works = refresh;
    refresh = () => {
      throw new TypeError('Failed to fetch');
    };
    await expect(session.token()).rejects.toMatchObject({ code: 'offline' });
    refresh = works;
    expect(await session.token()).toBe('token-2');
  });

  it('does not start from an old redirect, which is removed from the address', async () => {
    window.history.replaceState(null, '', '/signed-in?error=access_denied&state=unknown');
    await expect(new OpenIdSignIn(config).restore()).rejects.toMatchObject({ reason: 'lost' });
    expect(window.location.pathname + window.location.search).toBe('/');
    expect(await new OpenIdSignIn(config).restore()).toBeUndefined();
  });

  it('fails as unreachable if the issuer is unreachable from the start', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
    await expect(new OpenIdSignIn(config).leave()).rejects.toMatchObject({ reason: 'unreachable' });
  });
});
