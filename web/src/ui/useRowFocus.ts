import { useEffect, useRef, type RefObject } from 'react';

/**
 * Keeps the keyboard's place in a list whose rows (elements with `data-row`) change under it: when what has the focus goes away, it
 * moves to the link that has come into the row (in the element with `data-row-actions`), or to the next row, or to the one before;
 * where no row is left, to the element with `data-no-rows`.
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
      const next = row.isConnected ? row.querySelector<HTMLElement>('[data-row-actions] a[href]') : undefined;
      (next ?? (place ? place.querySelector<HTMLElement>('a[href], button') : list.querySelector<HTMLElement>('[data-no-rows]')))?.focus();
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
