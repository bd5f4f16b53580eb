import { useEffect, useEffectEvent, useState } from 'react';
import { useNavigate } from 'react-router';
import { Dialog } from '@/ui/Dialog';
import { Switch } from '@/ui/Switch';
import styles from './Shortcuts.module.css';

const keys: readonly (readonly [string, string])[] = [
  ['Ctrl K or /', 'Go to the search'],
  ['?', 'Show these keys'],
  ['Escape', 'Close a dialog, a menu or the conversation'],
  ['↑ ↓', 'Move between conversations, and between messages'],
  ['↑ in an empty message', 'Edit your last message'],
  ['Enter', 'Send a message'],
  ['Shift Enter', 'Start a new line'],
];

const storageKey = 'connections.single-keys';

/** The keys that work on every page, and the dialog that lists them. */
export function Shortcuts() {
  const navigate = useNavigate();
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
        void navigate('/', { state: { search: true } });
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
    <Dialog title="Keys" onClose={() => setShown(false)}>
      <dl className={styles.keys}>
        {keys.map(([key, does]) => (
          <div key={key} style={{ display: 'contents' }}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <Switch
        label="Single keys"
        description="The keys / and ? work outside of text fields."
        checked={single}
        onChange={(on) => {
          setSingle(on);
          writeSingle(on);
        }}
      />
    </Dialog>
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
