import { Suspense, useEffect, useEffectEvent, useRef, useState } from 'react';
import { isForPage, isSingleKey } from '@/ui/keyboard';
import { lazyPage } from '@/ui/lazyPage';
import { navigate, useLocation } from '@/ui/router';

const { Page: ShortcutsDialog } = lazyPage(async () => (await import('@/ui/ShortcutsDialog')).ShortcutsDialog);

/** The keys that work on every page, and the dialog that lists them. */
export function Shortcuts() {
  const [shown, setShown] = useState(false);
  const { pathname } = useLocation();
  // The search was asked for while the next page was loading: it is for that page.
  const waits = useRef(false);
  const onPage = useEffectEvent(() => {
    if (waits.current) {
      waits.current = false;
      goToSearch();
    }
  });
  useEffect(() => onPage(), [pathname]);
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (!isForPage(event)) {
      return;
    }

    const isSearch = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === 'k';
    if (isSearch || (isSingleKey(event) && event.key === '/')) {
      event.preventDefault();
      if (pathname === window.location.pathname) {
        goToSearch();
      } else {
        waits.current = true;
      }
    } else if (isSingleKey(event) && event.key === '?') {
      event.preventDefault();
      setShown(true);
    }
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);
  return shown ? (
    <Suspense fallback={null}>
      <ShortcutsDialog onClose={() => setShown(false)} />
    </Suspense>
  ) : null;
}

/** Moves the focus to the page's search, or to that of Explore if it has none. */
function goToSearch(): void {
  const field = [...document.querySelectorAll<HTMLInputElement>('main input[type=search]')].find((input) => input.checkVisibility());
  if (field) {
    field.focus();
  } else {
    navigate('/', { state: { search: true } });
  }
}
