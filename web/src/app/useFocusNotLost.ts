import { useEffect, type RefObject } from 'react';

/**
 * Gives the focus to the page itself when what had it goes away and nothing else has taken it: the keyboard goes on from there, and
 * not from the top of the window. Lists and dialogs, which know a better place, come first.
 */
export function useFocusNotLost(page: RefObject<HTMLElement | null>): void {
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
    // Leaving for nothing, by a press beside everything, takes the element nowhere; being taken away does.
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
