import { useMutation } from '@tanstack/react-query';
import { LogIn, TriangleAlert } from 'lucide-react';
import { Button } from '@/ui/Button';
import type { OpenIdSignIn } from './openid';
import styles from './OpenIdButton.module.css';
import { SignInFailure, type SignInFailureReason } from './session';

/** The button that leads to the issuer's sign-in page. Shows why a sign-in failed. */
export function OpenIdButton({ openId, failure }: { readonly openId: OpenIdSignIn; readonly failure: SignInFailure | undefined }) {
  const leave = useMutation({ mutationFn: () => openId.leave(), networkMode: 'always' });
  const shown = leave.error
    ? leave.error instanceof SignInFailure
      ? leave.error
      : new SignInFailure('unreachable')
    : leave.isIdle
      ? failure
      : undefined;
  // After success the browser leaves the page.
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

const words: Record<SignInFailureReason, string> = {
  refused: 'You were not signed in, because signing in was stopped half way. Sign in again whenever you like.',
  expired: 'You were signed out because your sign-in expired. Sign in to continue on this page; what you typed is kept.',
  lost: 'This sign-in was begun in another tab or too long ago. Sign in again here.',
  blocked: 'Nothing was sent. Allow cookies and site data for this site in your browser’s settings, reload the page, and sign in.',
  unreachable: 'The sign-in service cannot be reached. Check your network and sign in again in a moment.',
  failed: 'The sign-in service did not let you in. Sign in again. If this keeps happening, write to us.',
};

/** Why a sign-in failed, and what to do. */
function SignInProblem({ failure }: { readonly failure: SignInFailure }) {
  return (
    <div role="alert" className={styles.problem}>
      <TriangleAlert size={20} aria-hidden="true" />
      <div>
        <p>{words[failure.reason]}</p>
        {failure.reason === 'failed' && failure.detail !== undefined && <p className={styles.said}>{`It said: ${failure.detail}`}</p>}
      </div>
    </div>
  );
}
