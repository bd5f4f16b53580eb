import { useMutation } from '@tanstack/react-query';
import { LogIn, TriangleAlert } from 'lucide-react';
import { texts } from '@/texts/texts';
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
          {busy ? texts.session.moment : texts.common.signIn}
        </Button>
      </div>
    </>
  );
}

const words: Record<SignInFailureReason, string> = texts.session.failed;

/** Why a sign-in failed, and what to do. */
function SignInProblem({ failure }: { readonly failure: SignInFailure }) {
  return (
    <div role="alert" className={styles.problem}>
      <TriangleAlert size={20} aria-hidden="true" />
      <div>
        <p>{words[failure.reason]}</p>
        {failure.reason === 'failed' && failure.detail !== undefined && (
          <p className={styles.said}>{texts.session.issuerSaid(failure.detail)}</p>
        )}
      </div>
    </div>
  );
}
