import { texts } from '@/texts/texts';
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
import { isStorageBlocked } from '@/ui/storage';

interface SignInPageProps {
  readonly config: AppConfig;
  readonly signIn: OpenSignIn;
  /** Why a session ended that the member did not end in this window. */
  readonly ended: Ending | undefined;
  /** Why a member who came back from the issuer is not signed in. */
  readonly failure: SignInFailure | undefined;
  readonly onSignedIn: (session: Session) => void;
}

const said = texts.session;

/** The sign-in page. It keeps the address, so that a link still works after sign-in. */
export function SignInPage({ config, signIn, ended, failure, onSignedIn }: SignInPageProps) {
  useTitle(texts.common.signIn);
  return (
    <main className={styles.page}>
      <header className={styles.head}>
        <p className={styles.name}>
          <Logo size={40} />
          <span>{texts.product.name}</span>
        </p>
        <h1>{said.claim}</h1>
        <p>{said.claimMore}</p>
      </header>
      <div className={styles.way}>
        {ended !== undefined && (
          <p role="alert" className={styles.ended}>
            {said.ended[ended]}
          </p>
        )}
        {isStorageBlocked() && (
          <p role="alert" className={styles.ended}>
            {said.blocked[signIn.kind](window.location.host)}
          </p>
        )}
        {signIn.kind === 'development' ? (
          <DevelopmentMembers signIn={signIn.development} onSignedIn={onSignedIn} />
        ) : (
          <section className={styles.section} aria-labelledby="sign-in">
            <h2 id="sign-in">{said.welcome}</h2>
            <p>{said.welcomeHow}</p>
            <OpenIdButton openId={signIn.openId} failure={failure} />
          </section>
        )}
        <p className="hint">
          {said.cannotSignIn((ask) => (
            <a href={supportLink(config.support, said.cannotSignInSubject)}>{ask}</a>
          ))}
        </p>
      </div>
      <div className={styles.steps}>
        <HowItWorks />
      </div>
    </main>
  );
}
