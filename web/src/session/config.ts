import { noteServerTime } from '@/api/serverTime';

/** How members sign in: at the development issuer without a password, or at an OpenID Connect issuer. */
export type SignInConfig =
  | { readonly kind: 'development' }
  | { readonly kind: 'oidc'; readonly authority: string; readonly clientId: string; readonly scope: string };

/** The service's limits, known to the client in advance. The service enforces them. */
export interface Limits {
  /** Characters of an invite's note. */
  readonly note: number;
  /** Characters of a message. */
  readonly message: number;
  /** Characters of a report's details. */
  readonly details: number;
  /** Seconds after sending during which a message can be edited or deleted. */
  readonly editSeconds: number;
}

/** The configuration that the host serves at `/config.json`. */
export interface AppConfig {
  /** The origin of the API; empty for the page's own origin. */
  readonly api: string;
  readonly signIn: SignInConfig;
  /** The email address of the customer success manager. */
  readonly support: string;
  readonly limits: Limits;
  /** The origins from which pictures of members are loaded, beside the page's own. */
  readonly pictures: readonly string[];
  /** Whether it is the last known one, because there is no network. */
  readonly offline: boolean;
}

/** Reads `/config.json`. Throws an error with a message for operators if it is missing or malformed. */
export async function loadConfig(): Promise<AppConfig> {
  // As index.html preloads it. The host forbids to cache it.
  const response = await fetch('/config.json');
  if (!response.headers.has('X-Offline')) {
    noteServerTime(response);
  }

  if (!response.ok) {
    throw new Error(`/config.json could not be read (HTTP ${response.status}).`);
  }

  return { ...parseConfig(await response.json()), offline: response.headers.has('X-Offline') };
}

function parseConfig(document: unknown): Omit<AppConfig, 'offline'> {
  const config = fields(document, 'config.json');
  return {
    api: text(config, 'api', ''),
    support: text(config, 'support'),
    signIn: parseSignIn(fields(config.signIn, 'signIn')),
    limits: parseLimits(fields(config.limits, 'limits')),
    pictures: Array.isArray(config.pictures) ? config.pictures.filter((origin) => typeof origin === 'string') : [],
  };
}

function parseLimits(limits: Record<string, unknown>): Limits {
  return {
    note: amount(limits, 'note'),
    message: amount(limits, 'message'),
    details: amount(limits, 'details'),
    editSeconds: amount(limits, 'editSeconds'),
  };
}

function parseSignIn(signIn: Record<string, unknown>): SignInConfig {
  switch (signIn.kind) {
    case 'development':
      return { kind: 'development' };
    case 'oidc':
      return { kind: 'oidc', authority: text(signIn, 'authority'), clientId: text(signIn, 'clientId'), scope: text(signIn, 'scope') };
    default:
      throw new Error('signIn.kind in config.json must be "development" or "oidc".');
  }
}

function fields(value: unknown, name: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) {
    throw new Error(`${name} must be a JSON object.`);
  }

  return value as Record<string, unknown>;
}

function text(from: Record<string, unknown>, name: string, absent?: string): string {
  const value = from[name] ?? absent;
  if (typeof value !== 'string' || (value === '' && absent === undefined)) {
    throw new Error(`${name} in config.json must be a text.`);
  }

  return value;
}

function amount(from: Record<string, unknown>, name: string): number {
  const value = from[name];
  if (typeof value !== 'number' || !(value > 0)) {
    throw new Error(`limits.${name} in config.json must be a number above 0.`);
  }

  return value;
}
