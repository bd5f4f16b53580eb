// Writes what the web client is told by its host, from what the deployment gave out: config.json for the client, and
// staticwebapp.config.json for the Static Web App that serves it. Nothing in either is a secret.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const folder = process.argv[2] ?? join(here, '..', '..', 'web', 'public');
// What the functions are set to, by the same file.
const settings = JSON.parse(readFileSync(join(here, '..', 'settings.json'), 'utf8'));

function given(name) {
  const value = process.env[name];
  if (!value) {
    console.error(`${name} is not in the azd environment. Run "azd provision" first; it gives it out.`);
    process.exit(1);
  }

  return value;
}

const api = given('API_ORIGIN');
const authority = given('IDENTITY_ISSUER');
const files = given('FILES_ORIGIN');
const realtime = `wss://${given('REALTIME_HOST')}`;

// The origins from which the client loads pictures of members: never one that a member chose.
const pictures = [api, ...(process.env.AVATAR_HOSTS ?? '').split(' ').filter(Boolean).map((name) => `https://${name.toLowerCase()}`)];

// Where the client goes to sign in and for its tokens is the issuer's to say, and can be on another host than its name.
async function issuerOrigins() {
  const address = `${authority.replace(/\/+$/, '')}/.well-known/openid-configuration`;
  try {
    const answer = await fetch(address);
    const discovery = await answer.json();
    const endpoints = [authority, ...['token_endpoint', 'userinfo_endpoint', 'jwks_uri'].map((name) => discovery[name])];
    return [...new Set(endpoints.filter(Boolean).map((url) => new URL(url).origin))];
  } catch (error) {
    const cause = error.cause?.code ?? error.message;
    console.error(`IDENTITY_ISSUER leads nowhere: ${address} cannot be read (${cause}). Set it to the issuer's exact address.`);
    process.exit(1);
  }
}

// As the functions read it: hours, minutes and seconds, and days before a dot.
function seconds(duration) {
  const [, days = '0', hours, minutes, rest] = /^(?:(\d+)\.)?(\d+):(\d+):(\d+)$/.exec(duration);
  return ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(rest);
}

const config = {
  api,
  signIn: { kind: 'oidc', authority, clientId: given('WEB_CLIENT_ID'), scope: given('WEB_SCOPE') },
  support: given('SUPPORT_ADDRESS'),
  limits: {
    note: Number(settings.Invites__MaxNote),
    message: Number(settings.Chat__MaxText),
    details: Number(settings.Safety__MaxDetails),
    editSeconds: seconds(settings.Chat__EditFor),
  },
  pictures,
};

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  `img-src 'self' ${[...pictures, files].join(' ')} data: blob:`,
  "font-src 'self'",
  "manifest-src 'self'",
  `connect-src 'self' ${[api, files, realtime, ...(await issuerOrigins())].join(' ')}`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

// Members sign in at the issuer; the sign-in that Static Web Apps brings stays shut. The service does not apply a wildcard to its
// providers, so each provider is shut by its own address. The wildcard is for the rest.
const providers = ['aad', 'github', 'twitter', 'google', 'facebook', 'apple'];
const signInAddresses = [...providers.map((provider) => `login/${provider}`), 'logout', 'me', '*'];
const noSignIn = signInAddresses.map((address) => ({ route: `/.auth/${address}`, statusCode: 404 }));

const host = {
  // An address of a page is the client's to understand.
  navigationFallback: {
    rewrite: '/index.html',
    exclude: ['/assets/*', '/favicon.svg', '/manifest.webmanifest', '/config.json', '/sw.js', '/.auth/*'],
  },
  globalHeaders: {
    'Content-Security-Policy': policy,
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
    'Referrer-Policy': 'no-referrer',
    'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Cache-Control': 'no-cache',
    Link: `<${api}>; rel=preconnect; crossorigin`,
  },
  routes: [...noSignIn, { route: '/assets/*', headers: { 'Cache-Control': 'public, max-age=31536000, immutable' } }],
  mimeTypes: { '.webmanifest': 'application/manifest+json' },
};

mkdirSync(folder, { recursive: true });
for (const [name, content] of [['config.json', config], ['staticwebapp.config.json', host]]) {
  writeFileSync(join(folder, name), `${JSON.stringify(content, null, 2)}\n`);
  console.log(`Wrote ${join(folder, name)}`);
}
