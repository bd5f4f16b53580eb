import { act, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useDebouncedText } from './useDebouncedText';

describe('a field that is used while it is typed in', () => {
  const use = vi.fn<(value: string) => void>();
  const trimmed = (text: string) => (text.includes('!') ? undefined : text.trim());
  const aField = (shown = '') => renderHook(({ stands }) => useDebouncedText(stands, trimmed, use), { initialProps: { stands: shown } });
  const doing = (action: () => void) => {
    act(() => {
      action();
    });
  };
  const wait = (time: number) => doing(() => vi.advanceTimersByTime(time));

  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    use.mockReset();
    vi.useRealTimers();
  });

  it('is used when the typing pauses, and not letter by letter', () => {
    const { result } = aField();
    for (const text of ['m', 'mi', 'mir']) {
      doing(() => result.current.type(text));
      wait(100);
    }

    expect(use).not.toHaveBeenCalled();
    wait(100);
    expect(use.mock.calls).toEqual([['mir']]);
  });

  it('keeps what was typed on while what was used came back', () => {
    const { result, rerender } = aField();
    doing(() => result.current.type('mira '));
    wait(200);
    doing(() => result.current.type('mira l'));
    rerender({ stands: 'mira' });
    expect(result.current.text).toBe('mira l');
    wait(200);
    expect(use.mock.calls).toEqual([['mira'], ['mira l']]);
  });

  it('keeps a space at the end, which stands for nothing', () => {
    const { result, rerender } = aField();
    doing(() => result.current.type('mira '));
    wait(200);
    rerender({ stands: 'mira' });
    wait(200);
    expect(result.current.text).toBe('mira ');
    expect(use.mock.calls).toEqual([['mira']]);
  });

  it('shows what changed elsewhere', () => {
    const { result, rerender } = aField('mira');
    rerender({ stands: '' });
    expect(result.current.text).toBe('');
    wait(200);
    expect(use).not.toHaveBeenCalled();
  });

  it('shows by Back what was used and replaced before', () => {
    const { result, rerender } = aField();
    doing(() => result.current.type('a'));
    wait(200);
    doing(() => result.current.type(''));
    wait(200);
    // Both came back at once: nothing of it is to be seen.
    rerender({ stands: '' });
    rerender({ stands: 'a' });
    expect(result.current.text).toBe('a');
  });

  it('waits no longer where Enter is pressed, and is not used twice', () => {
    const { result } = aField();
    doing(() => result.current.type('mira'));
    doing(() => result.current.useNow());
    wait(200);
    expect(use.mock.calls).toEqual([['mira']]);
  });

  it('is not used while it cannot be', () => {
    const { result } = aField();
    doing(() => result.current.type('mira!'));
    wait(500);
    expect(use).not.toHaveBeenCalled();
    expect(result.current.text).toBe('mira!');
  });
});
