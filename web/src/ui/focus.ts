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
  let index = 0;
  const rows = () => [...list.querySelectorAll('[data-row]')];
  const rowOf = (focused: Element) => focused.closest('[data-row]') ?? undefined;
  return watchFocus(list, rowOf, (row) => {
    if (row.isConnected) {
      index = rows().indexOf(row);
    }

    if (hasNoFocus()) {
      const left = rows();
      const place = row.isConnected ? row : left[Math.min(index, left.length - 1)];
      const next = row.isConnected ? row.querySelector<HTMLElement>('[data-row-actions] a[href]') : undefined;
      (next ?? (place ? place.querySelector<HTMLElement>('a[href], button') : list.querySelector<HTMLElement>('[data-no-rows]')))?.focus();
    }
  });
}

/**
 * Observes the focus within an element, and what becomes of it when the element's content changes.
 *
 * @param keep what to remember of a focused element, such as its row.
 * @param changed called with what is remembered when the focus comes, and after each change of the content, which may have removed it.
 */
function watchFocus(element: HTMLElement, keep: (focused: Element) => Element | undefined, changed: (kept: Element) => void): () => void {
  let kept: Element | undefined;
  const enter = ({ target }: FocusEvent) => {
    kept = target instanceof Element ? keep(target) : undefined;
    if (kept) {
      changed(kept);
    }
  };
  const leave = ({ target, relatedTarget }: FocusEvent) => {
    // A press outside is leaving, too. Switching windows is not, and neither is the removal of the focused element.
    const left = kept;
    queueMicrotask(() => {
      if (left === kept && relatedTarget === null && target instanceof Element && target.isConnected && document.hasFocus()) {
        kept = undefined;
      }
    });
  };
  const observer = new MutationObserver(() => {
    if (kept) {
      changed(kept);
    }
  });
  element.addEventListener('focusin', enter);
  element.addEventListener('focusout', leave);
  observer.observe(element, { childList: true, subtree: true });
  return () => {
    observer.disconnect();
    element.removeEventListener('focusin', enter);
    element.removeEventListener('focusout', leave);
  };
}

function hasNoFocus(): boolean {
  return document.activeElement === null || document.activeElement === document.body;
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
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = watchFocus(
    page,
    (focused) => focused,
    (focused) => {
      if (!focused.isConnected) {
        clearTimeout(timer);
        timer = setTimeout(() => {
          if (hasNoFocus()) {
            page.focus({ preventScroll: true });
          }
        });
      }
    },
  );
  return () => {
    clearTimeout(timer);
    end();
  };
}
