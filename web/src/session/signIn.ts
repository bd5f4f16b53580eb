import type { SignInConfig } from './config';
import { DevelopmentSignIn } from './development';
import type { OpenIdSignIn } from './openid';
import type { Session } from './session';

/** A sign-in method that is ready to use. */
export type OpenSignIn = (
  { readonly kind: 'development'; readonly development: DevelopmentSignIn } | { readonly kind: 'oidc'; readonly openId: OpenIdSignIn }
) & { restore(): Promise<Session | undefined> };

/** Loads the configured sign-in method. The OpenID Connect library is loaded only if it is needed. */
export async function openSignIn(config: SignInConfig): Promise<OpenSignIn> {
  if (config.kind === 'development') {
    const development = new DevelopmentSignIn();
    return { kind: 'development', development, restore: () => development.restore() };
  }

  const { OpenIdSignIn: Provider } = await import('./openid');
  const openId = new Provider(config);
  return { kind: 'oidc', openId, restore: () => openId.restore() };
}
