import { Logo } from '@/ui/Logo';
import { supportLink } from '@/ui/support';
import { useTitle } from '@/ui/title';
import type { AppConfig } from './config';
import { DevelopmentMembers } from './DevelopmentMembers';
import { HowItWorks } from './HowItWorks';
import { OpenIdButton } from './OpenIdButton';
import type { Session, SignInFailure } from './session';
import type { OpenSignIn } from './signIn';
import styles from './SignInPage.module.css';

interface SignInPageProps {
  readonly config: AppConfig;
  readonly signIn: OpenSignIn;
  /** Whether a session ended and the member has to sign in again. */
  readonly ended: boolean;
  /** Why a member who came back from the issuer is not signed in. */
  readonly failure: SignInFailure | undefined;
  readonly onSignedIn: (session: Session) => void;
}

/** The sign-in page. It keeps the address, so that a link still works after sign-in. */
export function SignInPage({ config, signIn, ended, failure, onSignedIn }: SignInPageProps) {
  useTitle('Sign in');
  return (
    <main className={styles.page}>
      <header className={styles.head}>
        <p className={styles.name}>
          <Logo size={40} />
          Connections
        </p>
        <h1>Find creators, invite them, and talk.</h1>
        <p>Brands and creators meet here: without a campaign first, and without obligations.</p>
      </header>
      <div className={styles.way}>
        {ended && (
          <p role="alert" className={styles.ended}>
            You were signed out because your sign-in expired. Sign in to continue; what you typed is kept.
          </p>
        )}
        {signIn.kind === 'development' ? (
          <DevelopmentMembers signIn={signIn.development} onSignedIn={onSignedIn} />
        ) : (
          <section className={styles.section} aria-labelledby="sign-in">
            <h2 id="sign-in">Welcome</h2>
            <p>You sign in with the account that you use for the platform. New here? Then it takes a minute to say who you are.</p>
            <OpenIdButton openId={signIn.openId} failure={failure} />
          </section>
        )}
        <p className="hint">
          Can’t sign in? <a href={supportLink(config.support, 'I cannot sign in')}>Ask your customer success manager</a>.
        </p>
      </div>
      <div className={styles.steps}>
        <HowItWorks />
      </div>
    </main>
  );
}
