import { X } from 'lucide-react';
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { texts } from '@/texts/texts';
import { Button } from './Button';
import { IconButton } from './IconButton';
import styles from './ToastProvider.module.css';
import { type Toast, type Toasts, ToastsContext } from './toasts';

const doneFor = 5_000;
// Time to read a reason, or to reach an action.
const readFor = 12_000;
const maxToasts = 3;

/** Shows toasts in a corner, and announces them to screen readers. */
export function ToastProvider({ children }: { readonly children: ReactNode }) {
  const [shown, setShown] = useState<readonly Toast[]>([]);
  const next = useRef(0);
  const putAway = useCallback((id: number) => setShown((toasts) => toasts.filter((toast) => toast.id !== id)), []);
  const toasts = useMemo<Toasts>(() => {
    const say = (toast: Omit<Toast, 'id'>) => {
      const id = next.current++;
      setShown((others) => [...others, { ...toast, id }].slice(-maxToasts));
      return () => putAway(id);
    };
    return {
      done: (title, detail, action, stays) => say({ tone: 'done', title, detail, action, stays }),
      refuse: (title, detail) => void say({ tone: 'refused', title, detail }),
    };
  }, [putAway]);
  return (
    <ToastsContext value={toasts}>
      {children}
      <section className={styles.toasts} aria-label={texts.ui.notifications} aria-live="polite" aria-relevant="additions">
        {shown.map((toast) => (
          <ToastLine key={toast.id} toast={toast} putAway={putAway} />
        ))}
      </section>
    </ToastsContext>
  );
}

function ToastLine({ toast, putAway }: { readonly toast: Toast; readonly putAway: (id: number) => void }) {
  const { action } = toast;
  const [held, setHeld] = useState(false);
  useEffect(() => {
    // A toast under the pointer or with the focus stays.
    if (held || toast.stays) {
      return;
    }

    const timer = setTimeout(() => putAway(toast.id), toast.tone === 'done' && !toast.action ? doneFor : readFor);
    return () => clearTimeout(timer);
  }, [held, putAway, toast]);
  return (
    // Not a control: it only waits while somebody reads.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      role="group"
      aria-label={toast.title}
      className={styles.toast}
      data-tone={toast.tone}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <div>
        <p className={styles.title}>{toast.title}</p>
        {toast.detail !== undefined && <p>{toast.detail}</p>}
        {action && (
          <Button
            size="small"
            className={styles.action}
            onClick={() => {
              putAway(toast.id);
              action.run();
            }}
          >
            {action.label}
          </Button>
        )}
      </div>
      <IconButton label={texts.ui.dismiss} icon={X} size="small" onClick={() => putAway(toast.id)} />
    </div>
  );
}
