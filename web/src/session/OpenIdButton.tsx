import { useMutation } from '@tanstack/react-query';
import { LogIn } from 'lucide-react';
import { Button } from '../ui/Button';
import type { OpenIdSignIn } from './openid';
import { SignInFailure } from './SignInFailure';
import { SignInProblem } from './SignInProblem';

/** Leads to the issuer, where people sign in, and tells when that cannot be reached. */
export function OpenIdButton({ openId, failure }: { readonly openId: OpenIdSignIn; readonly failure: SignInFailure | undefined }) {
  const leave = useMutation({ mutationFn: () => openId.leave(), networkMode: 'always' });
  const shown = leave.error
    ? leave.error instanceof SignInFailure
      ? leave.error
      : new SignInFailure('unreachable')
    : leave.isIdle
      ? failure
      : undefined;
  // Once it has succeeded, the page is being left.
  const busy = leave.isPending || leave.isSuccess;
  return (
    <>
      {shown && <SignInProblem failure={shown} />}
      <div>
        <Button tone="main" icon={LogIn} busy={busy} onClick={() => leave.mutate()}>
          {busy ? 'One moment…' : 'Sign in'}
        </Button>
      </div>
    </>
  );
}
