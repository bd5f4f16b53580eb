import { type FocusEvent, type KeyboardEvent, type RefObject, useLayoutEffect, useRef } from 'react';
import type { Message } from '@/api/types';
import { isSingleKey } from '@/ui/keyboard';
import type { LogRow } from './logRows';
import type { LogVirtualizer } from './useLogScroll';

/** The props of an element with keyboard navigation. */
interface LogKeys {
  readonly tabIndex: 0;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onFocus: (event: FocusEvent) => void;
}

/**
 * Keyboard navigation of the log: Tab enters it, the arrow keys move between messages, Tab goes on to the actions of a message, R replies
 * to it, and Escape returns to the composer. Page keys scroll as usual.
 *
 * @returns the props of the log, and what moves the focus to a row.
 */
export function useLogKeys(
  scroller: RefObject<HTMLDivElement | null>,
  rows: readonly LogRow[],
  virtualizer: LogVirtualizer,
  active: string | undefined,
  setActive: (key: string | undefined) => void,
  onLeave: () => void,
  onReply: ((message: Message) => void) | undefined,
): { readonly keys: LogKeys; readonly go: (index: number, align?: 'auto' | 'center') => void } {
  const moved = useRef(false);
  useLayoutEffect(() => {
    if (moved.current && active !== undefined) {
      moved.current = false;
      focusMessage(scroller.current, active);
    }
  }, [active, scroller]);

  const go = (index: number, align: 'auto' | 'center' = 'auto'): void => {
    const row = rows[index];
    if (row && row.kind !== 'start') {
      virtualizer.scrollToIndex(index, { align });
      if (row.key === active) {
        // The active message is already rendered.
        focusMessage(scroller.current, row.key);
      } else {
        moved.current = true;
        setActive(row.key);
      }
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const target = event.target as HTMLElement;
    const onMessage = target.dataset.message !== undefined;
    if (!onMessage && target !== scroller.current) {
      return;
    }

    const current = onMessage ? rows.findIndex((row) => row.key === target.dataset.message) : rows.length;
    switch (event.key) {
      case 'ArrowUp':
        event.preventDefault();
        go(current - 1);
        break;
      case 'ArrowDown':
        event.preventDefault();
        if (current >= rows.length - 1) {
          onLeave();
        } else {
          go(current + 1);
        }

        break;
      case 'Escape':
        onLeave();
        break;
      case 'r':
      case 'R': {
        const row = rows[current];
        if (row?.kind === 'message' && !row.message.deleted && onReply && isSingleKey(event.nativeEvent)) {
          event.preventDefault();
          onReply(row.message);
        }

        break;
      }

      default:
        break;
    }
  };
  const onFocus = ({ target }: FocusEvent): void => {
    const key = (target as HTMLElement).closest<HTMLElement>('[data-message]')?.dataset.message;
    if (key !== undefined && key !== active) {
      setActive(key);
    }
  };
  return { keys: { tabIndex: 0, onKeyDown, onFocus }, go };
}

function focusMessage(log: HTMLElement | null, key: string): void {
  log?.querySelector<HTMLElement>(`[data-message="${CSS.escape(key)}"]`)?.focus({ preventScroll: true });
}
