/** How people sign in: a development issuer that asks no password, or any OpenID Connect issuer. */
export type SignInConfig =
  | { readonly kind: 'development' }
  | { readonly kind: 'oidc'; readonly authority: string; readonly clientId: string; readonly scope: string };

/** What the service is set to allow. It has the last word; the client knows it beforehand. */
export interface Limits {
  /** Characters of an invite's note. */
  readonly note: number;
  /** Characters of a message. */
  readonly message: number;
  /** Characters of what is said to a report. */
  readonly details: number;
  /** For how many seconds after it was sent a message can be edited and deleted. */
  readonly editSeconds: number;
}

/** What one build of the client is told by the host that serves it, at `/config.json`. */
export interface AppConfig {
  /** The origin of the API; empty when it is the page's own. */
  readonly api: string;
  readonly signIn: SignInConfig;
  /** The address of the customer success manager. */
  readonly support: string;
  readonly limits: Limits;
}

/** Reads `/config.json`. Throws, in words for an operator, when it is missing or malformed. */
export async function loadConfig(): Promise<AppConfig> {
  const response = await fetch('/config.json', { cache: 'no-store' });
  if (!response.ok) {
    throw new Error(`/config.json could not be read (HTTP ${response.status}).`);
  }

  return parseConfig(await response.json());
}

export function parseConfig(document: unknown): AppConfig {
  const config = fields(document, 'config.json');
  return {
    api: text(config, 'api', ''),
    support: text(config, 'support'),
    signIn: parseSignIn(fields(config.signIn, 'signIn')),
    limits: parseLimits(fields(config.limits, 'limits')),
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
