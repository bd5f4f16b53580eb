import { type ReactNode, useEffect, useLayoutEffect, useRef } from 'react';
import { ConnectionToasts } from '@/connections/ConnectionToasts';
import { FavouritesFromOtherWindows } from '@/creators/favouritesCache';
import { LiveBanner } from '@/live/LiveBanner';
import { BounceBanner } from '@/members/BounceBanner';
import { texts } from '@/texts/texts';
import { useFocusFallback } from '@/ui/focus';
import { Loading } from '@/ui/Loading';
import { Logo } from '@/ui/Logo';
import { Link, useLocation, useMatch } from '@/ui/router';
import { AccountMenu } from './AccountMenu';
import { EmptyNavigation, Navigation } from './Navigation';
import styles from './Shell.module.css';
import { Shortcuts } from './Shortcuts';

/** The frame of every page: the header, the navigation and the page itself. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const main = useRef<HTMLElement>(null);
  const { pathname, isBack } = useLocation();
  useFocusFallback(main);
  const shown = useRef(pathname);
  // The messenger scrolls internally. On a phone a conversation fills the screen.
  const messages = useMatch('/messages/:id?');
  const scrolled = useRef(pathname);
  useLayoutEffect(() => {
    // Before the page is painted, so that it does not appear at the old scroll position. On Back, the browser restores the position.
    if (scrolled.current !== pathname && !isBack) {
      window.scrollTo(0, 0);
    }

    scrolled.current = pathname;
  }, [pathname, isBack]);
  useEffect(() => {
    // A change of the query, such as of the filters, is not a new page.
    if (shown.current === pathname) {
      return;
    }

    shown.current = pathname;
    // Moves the focus to the new page so that screen readers announce it, unless the page has already moved it somewhere better.
    if (!main.current?.contains(document.activeElement)) {
      main.current?.focus({ preventScroll: true });
    }
  }, [pathname]);
  return (
    <div className={styles.shell} data-conversation={messages?.id && ''} data-fills={messages && ''}>
      <a className={styles.skip} href="#main">
        {texts.app.skip}
      </a>
      <header className={styles.top}>
        <Wordmark />
        <AccountMenu />
      </header>
      <Navigation />
      <ConnectionToasts />
      <FavouritesFromOtherWindows />
      <Shortcuts />
      <main id="main" ref={main} tabIndex={-1} className={styles.main}>
        <LiveBanner />
        <BounceBanner />
        <Loading resetKey={pathname}>{children}</Loading>
      </main>
    </div>
  );
}

/** The frame while it is not known whose pages it shows. */
export function EmptyShell() {
  return (
    <div className={styles.shell} aria-busy="true">
      <header className={styles.top}>
        <span className={styles.wordmark}>
          <Logo size={28} />
          <span>{texts.product.name}</span>
        </span>
      </header>
      <EmptyNavigation />
      <main className={styles.main} />
    </div>
  );
}

/** The product's name, linking to the home page. */
function Wordmark() {
  return (
    <Link to="/" className={styles.wordmark}>
      <Logo size={28} />
      <span>{texts.product.name}</span>
    </Link>
  );
}
