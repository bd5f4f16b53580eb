import type { PointerEvent } from 'react';
import { useRef } from 'react';

const farEnough = 56;
const farthest = 72;

/**
 * The props of an element that takes a swipe to the right, by touch, and moves along with the finger. Its style needs
 * `touch-action: pan-y`, so that the browser scrolls up and down and leaves the rest.
 */
export function useSwipe(onSwipe: (() => void) | undefined) {
  const began = useRef<{ readonly x: number; readonly y: number }>(undefined);
  const distance = ({ clientX, clientY }: PointerEvent) => {
    const [x, y] = began.current ? [clientX - began.current.x, clientY - began.current.y] : [0, 0];
    return Math.abs(y) > Math.abs(x) ? 0 : Math.min(Math.max(0, x), farthest);
  };
  const end = ({ currentTarget }: PointerEvent<HTMLElement>) => {
    began.current = undefined;
    currentTarget.style.transform = '';
  };
  return {
    onPointerDown: ({ pointerType, clientX: x, clientY: y }: PointerEvent<HTMLElement>) => {
      began.current = onSwipe && pointerType === 'touch' ? { x, y } : undefined;
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (began.current) {
        event.currentTarget.style.transform = `translateX(${distance(event)}px)`;
      }
    },
    onPointerUp: (event: PointerEvent<HTMLElement>) => {
      const isFar = distance(event) >= farEnough;
      end(event);
      if (isFar) {
        onSwipe?.();
      }
    },
    onPointerCancel: end,
  };
}
