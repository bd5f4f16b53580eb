import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { OpenIdSignIn } from './openid';

const authority = 'https://issuer.example';
const config = { authority, clientId: 'connections-web', scope: 'openid offline_access' };
const storageKey = `oidc.user:${authority}:connections-web`;

/** The issuer's response to a refresh. */
let refresh: () => Response;
let refreshed: string[];

const json = (document: unknown, status = 200) =>
  new Response(JSON.stringify(document), { status, headers: { 'Content-Type': 'application/json' } });

function keepUser(secondsLeft: number, refreshToken?: string) {
  const user = {
    access_token: 'token-1',
    token_type: 'Bearer',
    profile: { sub: 'mira' },
    expires_at: Math.floor(Date.now() / 1000) + secondsLeft,
    refresh_token: refreshToken,
  };
  sessionStorage.setItem(storageKey, JSON.stringify(user));
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

afterEach(() => vi.unstubAllGlobals());

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

  it('survives a reload after its token expired', async () => {
    keepUser(-3600, 'refresh-1');
    expect(await (await restored()).token()).toBe('token-2');
  });

  it('ends for good when the issuer refuses a renewal', async () => {
    keepUser(-3600, 'refresh-1');
    refresh = () => json({ error: 'invalid_grant' }, 400);
    expect(await new OpenIdSignIn(config).restore()).toBeUndefined();
    expect(sessionStorage.getItem(storageKey)).toBeNull();
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
