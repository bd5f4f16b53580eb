import type { SignInConfig } from './config';
import type { DevelopmentSignIn } from './development';
import type { OpenIdSignIn } from './openid';
import type { SignIn } from './session';

/** A sign-in method that is ready to use. */
export type OpenSignIn = (
  { readonly kind: 'development'; readonly development: DevelopmentSignIn } | { readonly kind: 'oidc'; readonly openId: OpenIdSignIn }
) & { readonly method: SignIn };

/** Loads the configured sign-in method, and only that. */
export async function openSignIn(config: SignInConfig): Promise<OpenSignIn> {
  if (config.kind === 'development') {
    const { DevelopmentSignIn: Development } = await import('./development');
    const development = new Development();
    return { kind: 'development', development, method: development };
  }

  const { OpenIdSignIn: Provider } = await import('./openid');
  const openId = new Provider(config);
  return { kind: 'oidc', openId, method: openId };
}
