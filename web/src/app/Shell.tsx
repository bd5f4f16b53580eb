import { useEffect, useLayoutEffect, useRef } from 'react';
import { Link, NavigationType, Outlet, useLocation, useMatch, useNavigationType } from 'react-router';
import { ConnectionToasts } from '@/connections/ConnectionToasts';
import { LiveBanner } from '@/live/LiveBanner';
import { useFocusFallback } from '@/ui/focus';
import { Loading } from '@/ui/Loading';
import { Logo } from '@/ui/Logo';
import { AccountMenu } from './AccountMenu';
import { Navigation } from './Navigation';
import styles from './Shell.module.css';

/** The frame of every page: where one can go, and who one is. */
export function Shell() {
  const main = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  useFocusFallback(main);
  const goesBack = useNavigationType() === NavigationType.Pop;
  const shown = useRef(pathname);
  // On a phone a conversation has the whole screen.
  const inConversation = useMatch('/messages/:connectionId') !== null;
  // The messenger scrolls within itself.
  const fills = useMatch('/messages/*') !== null;
  const scrolled = useRef(pathname);
  useLayoutEffect(() => {
    // Before it is painted: nobody sees a page at the place of the one before. Going back, the browser itself returns to where one was.
    if (scrolled.current !== pathname && !goesBack) {
      window.scrollTo(0, 0);
    }

    scrolled.current = pathname;
  }, [pathname, goesBack]);
  useEffect(() => {
    // A change of what the page shows, such as of its filters, is no other page.
    if (shown.current === pathname) {
      return;
    }

    shown.current = pathname;
    // Whoever listens to the page hears where they have come to. A page that has a better place for that has taken the focus by now.
    if (!main.current?.contains(document.activeElement)) {
      main.current?.focus({ preventScroll: true });
    }
  }, [pathname]);
  return (
    <div className={styles.shell} data-conversation={inConversation || undefined} data-fills={fills || undefined}>
      <a className={styles.skip} href="#main">
        Skip to the content
      </a>
      <header className={styles.top}>
        <Wordmark />
        <AccountMenu />
      </header>
      <Navigation />
      <ConnectionToasts />
      <main id="main" ref={main} tabIndex={-1} className={styles.main}>
        <LiveBanner />
        <Loading at={pathname}>
          <Outlet />
        </Loading>
      </main>
    </div>
  );
}

/** The product's name, and the way home. */
export function Wordmark() {
  return (
    <Link to="/" className={styles.wordmark}>
      <Logo size={28} />
      Connections
    </Link>
  );
}
