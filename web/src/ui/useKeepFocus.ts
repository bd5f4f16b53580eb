import { useLayoutEffect, useRef, type RefObject } from 'react';

interface KeepFocus<T> {
  readonly ref: RefObject<T | null>;
  readonly onFocus: () => void;
  readonly onBlur: () => void;
}

/**
 * Keeps the keyboard's place where a control turns into another one, as a button into a link: if the focus went with the old one,
 * the new one gets it. Spread what is returned on the element around both.
 *
 * @param changed what the control depends on.
 */
export function useKeepFocus<T extends HTMLElement>(changed: unknown): KeepFocus<T> {
  const ref = useRef<T>(null);
  const within = useRef(false);
  useLayoutEffect(() => {
    if (within.current && document.activeElement === document.body) {
      ref.current?.querySelector<HTMLElement>('button, a')?.focus();
    }
  }, [changed]);
  return {
    ref,
    onFocus: () => {
      within.current = true;
    },
    onBlur: () => {
      within.current = false;
    },
  };
}
