import { Suspense, useEffect, useEffectEvent, useState } from 'react';
import { lazyPage } from '@/ui/lazyPage';
import { navigate } from '@/ui/router';

const { Page: ShortcutsDialog } = lazyPage(async () => (await import('./ShortcutsDialog')).ShortcutsDialog);
const storageKey = 'connections.single-keys';

/** The keys that work on every page, and the dialog that lists them. */
export function Shortcuts() {
  const [shown, setShown] = useState(false);
  // Single keys can be in the way of speech input, so they can be turned off (WCAG 2.1.4).
  const [single, setSingle] = useState(readSingle);
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || document.querySelector('dialog[open]')) {
      return;
    }

    const isSearch = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === 'k';
    const isSingle = single && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target);
    if (isSearch || (isSingle && event.key === '/')) {
      event.preventDefault();
      const field = [...document.querySelectorAll<HTMLInputElement>('main input[type=search]')].find((input) => input.checkVisibility());
      if (field) {
        field.focus();
      } else {
        navigate('/', { state: { search: true } });
      }
    } else if (isSingle && event.key === '?') {
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
      <ShortcutsDialog
        single={single}
        onSingle={(on) => {
          setSingle(on);
          writeSingle(on);
        }}
        onClose={() => setShown(false)}
      />
    </Suspense>
  ) : null;
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]');
}

function readSingle(): boolean {
  try {
    return localStorage.getItem(storageKey) !== 'off';
  } catch {
    return true;
  }
}

function writeSingle(on: boolean): void {
  try {
    localStorage.setItem(storageKey, on ? 'on' : 'off');
  } catch {
    // It holds until the page is closed.
  }
}
