import { fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { useLongPress } from './useLongPress';

const pressed = vi.fn();
const followed = vi.fn();

function Row() {
  return (
    <a href="#there" onClick={followed} {...useLongPress(pressed)}>
      Maya
    </a>
  );
}

const touch = (type: string, timeStamp: number) => {
  const event = new Event(type, { bubbles: true });
  // What jsdom lacks, and the time of the event.
  for (const [name, value] of Object.entries({ pointerType: 'touch', clientX: 0, clientY: 0, timeStamp })) {
    Object.defineProperty(event, name, { value });
  }

  return event;
};

const press = (milliseconds: number) => {
  const link = screen.getByRole('link');
  fireEvent(link, touch('pointerdown', 1_000));
  fireEvent(link, touch('pointerup', 1_000 + milliseconds));
  // As some browsers do after a long press, too.
  const click = new MouseEvent('click', { bubbles: true, cancelable: true });
  Object.defineProperty(click, 'timeStamp', { value: 1_001 + milliseconds });
  fireEvent(link, click);
  vi.runAllTimers();
};

beforeEach(() => {
  vi.useFakeTimers();
  vi.clearAllMocks();
  render(<Row />);
});
afterEach(() => {
  vi.useRealTimers();
});

it('a long press on a link opens its menu and does not follow it', () => {
  press(600);
  expect(pressed).toHaveBeenCalledOnce();
  expect(followed).not.toHaveBeenCalled();
});

it('a press follows it', () => {
  press(100);
  expect(pressed).not.toHaveBeenCalled();
  expect(followed).toHaveBeenCalledOnce();
});
