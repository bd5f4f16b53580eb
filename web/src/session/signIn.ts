import type { SignInConfig } from './config';
import { DevelopmentSignIn } from './development';
import type { OpenIdSignIn } from './openid';
import type { Session } from './session';

/** The configured way to sign in, ready to use. */
export type OpenSignIn = (
  { readonly kind: 'development'; readonly development: DevelopmentSignIn } | { readonly kind: 'oidc'; readonly openId: OpenIdSignIn }
) & { restore(): Promise<Session | undefined> };

/** Opens the way to sign in that the configuration names. The OpenID Connect library is loaded only where it is used. */
export async function openSignIn(config: SignInConfig): Promise<OpenSignIn> {
  if (config.kind === 'development') {
    const development = new DevelopmentSignIn();
    return { kind: 'development', development, restore: () => development.restore() };
  }

  const { OpenIdSignIn: Provider } = await import('./openid');
  const openId = new Provider(config);
  return { kind: 'oidc', openId, restore: () => openId.restore() };
}
