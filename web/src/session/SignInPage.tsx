import { Logo } from '@/ui/Logo';
import { supportLink } from '@/ui/support';
import { useTitle } from '@/ui/title';
import type { AppConfig } from './config';
import { DevelopmentMembers } from './DevelopmentMembers';
import { HowItWorks } from './HowItWorks';
import { OpenIdButton } from './OpenIdButton';
import type { Ending, Session, SignInFailure } from './session';
import type { OpenSignIn } from './signIn';
import styles from './SignInPage.module.css';
import { isStorageBlocked } from './storage';

interface SignInPageProps {
  readonly config: AppConfig;
  readonly signIn: OpenSignIn;
  /** Why a session ended that the member did not end in this window. */
  readonly ended: Ending | undefined;
  /** Why a member who came back from the issuer is not signed in. */
  readonly failure: SignInFailure | undefined;
  readonly onSignedIn: (session: Session) => void;
}

const endings: Record<Ending, string> = {
  expired: 'You were signed out because your sign-in expired. Sign in to continue on this page; what you typed is kept.',
  'signed-out': 'You signed out in another window. Sign in to continue on this page.',
};

// What blocked storage means to a member, by how they sign in.
const blockedMeans = {
  development: ', so you stay signed in only until you reload the page',
  oidc: ', and signing in does not work without it',
} as const;

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
        {ended !== undefined && (
          <p role="alert" className={styles.ended}>
            {endings[ended]}
          </p>
        )}
        {isStorageBlocked() && (
          <p role="alert" className={styles.ended}>
            {`This browser blocks storage for this site${blockedMeans[signIn.kind]}. Allow cookies and site data for ${window.location.host} in your browser’s settings, then reload the page.`}
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
