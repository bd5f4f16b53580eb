import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';

/**
 * Keeps the focus in a list whose rows (elements with `data-row`) change. If the focused element disappears, the focus moves to a new link
 * in the same row (below `data-row-actions`), to the next row, or to the previous one; without rows, to the element with `data-no-rows`.
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
    // A press outside is leaving, too. Switching windows is not, and neither is the removal of the element.
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

interface KeepFocus<T> {
  readonly ref: RefObject<T | null>;
  readonly onFocus: () => void;
  readonly onBlur: () => void;
}

/**
 * Keeps the focus when one control replaces another, such as a link replacing a button. Spread the result on the element around both.
 *
 * @param changed the value on which the control depends.
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

/**
 * Moves the focus to the page itself if the focused element disappears and nothing else takes the focus, so that the keyboard does not
 * start at the top of the window. Lists and dialogs, which know a better place, act first.
 */
export function useFocusFallback(page: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = page.current;
    return element ? watch(element) : undefined;
  }, [page]);
}

function watch(page: HTMLElement): () => void {
  let focused: Element | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const enter = (event: FocusEvent) => {
    focused = event.target instanceof Element ? event.target : undefined;
  };
  const leave = (event: FocusEvent) => {
    // A press outside removes the focus but not the element.
    const left = focused;
    queueMicrotask(() => {
      if (left === focused && left?.isConnected && event.relatedTarget === null && document.hasFocus()) {
        focused = undefined;
      }
    });
  };
  const observer = new MutationObserver(() => {
    if (focused && !focused.isConnected) {
      focused = undefined;
      timer = setTimeout(() => {
        if (document.activeElement === null || document.activeElement === document.body) {
          page.focus({ preventScroll: true });
        }
      });
    }
  });
  page.addEventListener('focusin', enter);
  page.addEventListener('focusout', leave);
  observer.observe(page, { childList: true, subtree: true });
  return () => {
    clearTimeout(timer);
    observer.disconnect();
    page.removeEventListener('focusin', enter);
    page.removeEventListener('focusout', leave);
  };
}
