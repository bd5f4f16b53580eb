import { useEffect, useRef, type RefObject } from 'react';

/**
 * Keeps the keyboard's place in a list whose rows (elements with `data-row`) change under it: when what has the focus goes away, it
 * moves within the row, or to the next row, or to the one before; where no row is left, to the element with `data-no-rows`.
 * In a row, what has `data-row-main` comes first.
 */
export function useRowFocus<T extends HTMLElement>(): RefObject<T | null> {
  const list = useRef<T>(null);
  useEffect(() => {
    const element = list.current;
    return element ? keepFocus(element) : undefined;
  }, []);
  return list;
}

function keepFocus(list: HTMLElement): () => void {
  let row: Element | undefined;
  let index = 0;
  const rows = () => [...list.querySelectorAll('[data-row]')];
  const enter = (event: FocusEvent) => {
    row = event.target instanceof Element ? (event.target.closest('[data-row]') ?? undefined) : undefined;
    index = row ? rows().indexOf(row) : 0;
  };
  const leave = (event: FocusEvent) => {
    // Pressing beside everything is leaving, too; going to another window is not, and neither is that the element was taken away.
    const { target } = event;
    queueMicrotask(() => {
      if (event.relatedTarget === null && target instanceof Element && target.isConnected && document.hasFocus()) {
        row = undefined;
      }
    });
  };
  const observer = new MutationObserver(() => {
    if (!row) {
      return;
    }

    if (row.isConnected) {
      index = rows().indexOf(row);
    }

    if (document.activeElement === null || document.activeElement === document.body) {
      const left = rows();
      const place = row.isConnected ? row : left[Math.min(index, left.length - 1)];
      (place ? firstOf(place) : list.querySelector<HTMLElement>('[data-no-rows]'))?.focus();
    }
  });
  list.addEventListener('focusin', enter);
  list.addEventListener('focusout', leave);
  observer.observe(list, { childList: true, subtree: true });
  return () => {
    observer.disconnect();
    list.removeEventListener('focusin', enter);
    list.removeEventListener('focusout', leave);
  };
}

function firstOf(row: Element): HTMLElement | null {
  return row.querySelector<HTMLElement>('[data-row-main]') ?? row.querySelector<HTMLElement>('a[href], button');
}
