import { type PointerEvent, type SyntheticEvent, useRef } from 'react';

const longPress = 500;
const maxMovement = 10;

/**
 * The props of an element that takes a long press. What it opens appears when the finger is lifted, or the lift would close it. The element
 * can be a link, which the press then does not follow. A link within it has a menu of the browser's own.
 */
export function useLongPress(onLongPress: (target: HTMLElement) => void) {
  const press = useRef<{ readonly at: number; readonly x: number; readonly y: number }>(undefined);
  const ended = useRef(-Infinity);
  const end = ({ currentTarget, timeStamp }: PointerEvent<HTMLElement>) => {
    if (press.current && timeStamp - press.current.at >= longPress) {
      ended.current = timeStamp;
      setTimeout(() => onLongPress(currentTarget));
    }

    press.current = undefined;
  };
  return {
    onPointerDown: ({ pointerType, target, currentTarget, timeStamp: at, clientX: x, clientY: y }: PointerEvent<HTMLElement>) => {
      const link = (target as Element).closest('a') ?? currentTarget;
      press.current = pointerType === 'touch' && link === currentTarget ? { at, x, y } : undefined;
    },
    onPointerMove: ({ clientX, clientY }: PointerEvent<HTMLElement>) => {
      if (press.current && Math.hypot(clientX - press.current.x, clientY - press.current.y) > maxMovement) {
        press.current = undefined;
      }
    },
    onPointerUp: end,
    // Where the browser's own long press takes the pointer over.
    onPointerCancel: end,
    // Some browsers follow a long press by a click, which would open what was pressed.
    onClickCapture: (event: SyntheticEvent) => {
      if (event.timeStamp - ended.current < longPress) {
        event.preventDefault();
        event.stopPropagation();
      }
    },
    onContextMenu: (event: { preventDefault(): void }) => {
      if (press.current) {
        event.preventDefault();
      }
    },
  };
}
