import { TriangleAlert } from 'lucide-react';
import type { SignInFailure, SignInFailureReason } from './SignInFailure';
import styles from './SignInProblem.module.css';

const words: Record<SignInFailureReason, string> = {
  refused: 'You were not signed in, because signing in was stopped half way. Sign in again whenever you like.',
  lost: 'This sign-in was begun in another tab or too long ago. Sign in again here.',
  unreachable: 'The sign-in service cannot be reached. Check your network and sign in again in a moment.',
  failed: 'The sign-in service did not let you in. Sign in again; if it goes on, write to us.',
};

/** Why somebody is not signed in, and what to do. */
export function SignInProblem({ failure }: { readonly failure: SignInFailure }) {
  return (
    <div role="alert" className={styles.problem}>
      <TriangleAlert size={20} aria-hidden="true" />
      <div>
        <p>{words[failure.reason]}</p>
        {failure.reason === 'failed' && failure.said !== undefined && <p className={styles.said}>It said: {failure.said}</p>}
      </div>
    </div>
  );
}
