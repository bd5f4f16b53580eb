import { Suspense, useEffect, useEffectEvent, useState } from 'react';
import { isForPage, isSingleKey } from '@/ui/keyboard';
import { lazyPage } from '@/ui/lazyPage';
import { navigate } from '@/ui/router';

const { Page: ShortcutsDialog } = lazyPage(async () => (await import('@/ui/ShortcutsDialog')).ShortcutsDialog);

/** The keys that work on every page, and the dialog that lists them. */
export function Shortcuts() {
  const [shown, setShown] = useState(false);
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (!isForPage(event)) {
      return;
    }

    const isSearch = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === 'k';
    if (isSearch || (isSingleKey(event) && event.key === '/')) {
      event.preventDefault();
      const field = [...document.querySelectorAll<HTMLInputElement>('main input[type=search]')].find((input) => input.checkVisibility());
      if (field) {
        field.focus();
      } else {
        navigate('/', { state: { search: true } });
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
