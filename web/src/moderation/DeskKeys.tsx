import { useEffect, useEffectEvent, useState } from 'react';
import { moderationTexts as said } from '@/texts/moderation';
import { isSingleKey } from '@/ui/keyboard';
import { ShortcutsDialog } from '@/ui/ShortcutsDialog';
import styles from './Desk.module.css';

/** Calls the action of a single key, before the page's own keys. */
export function useKeys(actions: Readonly<Record<string, () => void>>): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const action = actions[event.key];
    if (action && isSingleKey(event)) {
      event.preventDefault();
      action();
    }
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event);
    window.addEventListener('keydown', listener, true);
    return () => window.removeEventListener('keydown', listener, true);
  }, []);
}

/** Says that there are keys, and lists them. */
export function DeskKeys() {
  const [shown, setShown] = useState(false);
  useKeys({ '?': () => setShown(true) });
  return (
    <>
      <p className={`hint ${styles.keys}`}>
        {said.keysHint((list) => (
          <button type="button" className={styles.inline} onClick={() => setShown(true)}>
            {list}
          </button>
        ))}
      </p>
      {shown && <ShortcutsDialog ofPage={Object.values(said.keys)} onClose={() => setShown(false)} />}
    </>
  );
}
