import { type PointerEvent, useRef } from 'react';

const longPress = 500;
const maxMovement = 10;

/** The props of an element that takes a long press. What it opens appears when the finger is lifted, or the lift would close it. */
export function useLongPress(onLongPress: (target: HTMLElement) => void) {
  const press = useRef<{ readonly at: number; readonly x: number; readonly y: number }>(undefined);
  const end = ({ currentTarget, timeStamp }: PointerEvent<HTMLElement>) => {
    if (press.current && timeStamp - press.current.at >= longPress) {
      setTimeout(() => onLongPress(currentTarget));
    }

    press.current = undefined;
  };
  return {
    onPointerDown: ({ pointerType, target, timeStamp: at, clientX: x, clientY: y }: PointerEvent<HTMLElement>) => {
      // A link has a menu of the browser's own.
      press.current = pointerType === 'touch' && !(target as Element).closest('a') ? { at, x, y } : undefined;
    },
    onPointerMove: ({ clientX, clientY }: PointerEvent<HTMLElement>) => {
      if (press.current && Math.hypot(clientX - press.current.x, clientY - press.current.y) > maxMovement) {
        press.current = undefined;
      }
    },
    onPointerUp: end,
    // Where the browser's own long press takes the pointer over.
    onPointerCancel: end,
    onContextMenu: (event: { preventDefault(): void }) => {
      if (press.current) {
        event.preventDefault();
      }
    },
  };
}
