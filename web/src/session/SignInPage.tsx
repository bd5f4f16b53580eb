import { Button } from '../ui/Button';
import { Logo } from '../ui/Logo';
import { useTitle } from '../ui/useTitle';
import { DevelopmentMembers } from './DevelopmentMembers';
import type { Session } from './session';
import type { OpenSignIn } from './signIn';
import styles from './SignInPage.module.css';

interface SignInPageProps {
  readonly signIn: OpenSignIn;
  /** Whether somebody was signed in and has to sign in again. */
  readonly ended: boolean;
  readonly onSignedIn: (session: Session) => void;
}

/** The way in. Whoever came by a link stays at its address and sees it once they are signed in. */
export function SignInPage({ signIn, ended, onSignedIn }: SignInPageProps) {
  useTitle('Sign in');
  return (
    <main className={styles.page}>
      <header className={styles.head}>
        <Logo size={44} />
        <h1>Find creators, invite them, and talk.</h1>
        <p>Connections brings brands and creators together: without a campaign first, and without obligations.</p>
      </header>
      {ended && <p role="alert">You were signed out because your sign-in ran out. Sign in to go on; what you typed is kept.</p>}
      {signIn.kind === 'development' ? (
        <DevelopmentMembers signIn={signIn.development} onSignedIn={onSignedIn} />
      ) : (
        <Button tone="main" onClick={() => void signIn.openId.leave()}>
          Sign in
        </Button>
      )}
    </main>
  );
}
