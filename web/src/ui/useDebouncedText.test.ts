import { act, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useDebouncedText } from './useDebouncedText';

describe('a debounced field', () => {
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

  it('applies its text when the typing pauses', () => {
    const { result } = aField();
    for (const text of ['m', 'mi', 'mir']) {
      doing(() => result.current.setText(text));
      wait(100);
    }

    expect(use).not.toHaveBeenCalled();
    wait(100);
    expect(use.mock.calls).toEqual([['mir']]);
  });

  it('keeps what is typed while an applied value comes back', () => {
    const { result, rerender } = aField();
    doing(() => result.current.setText('mira '));
    wait(200);
    doing(() => result.current.setText('mira l'));
    rerender({ stands: 'mira' });
    expect(result.current.text).toBe('mira l');
    wait(200);
    expect(use.mock.calls).toEqual([['mira'], ['mira l']]);
  });

  it('keeps a trailing space, which does not change the value', () => {
    const { result, rerender } = aField();
    doing(() => result.current.setText('mira '));
    wait(200);
    rerender({ stands: 'mira' });
    wait(200);
    expect(result.current.text).toBe('mira ');
    expect(use.mock.calls).toEqual([['mira']]);
  });

  it('shows a value that changed elsewhere', () => {
    const { result, rerender } = aField('mira');
    rerender({ stands: '' });
    expect(result.current.text).toBe('');
    wait(200);
    expect(use).not.toHaveBeenCalled();
  });

  it('shows an earlier value after Back', () => {
    const { result, rerender } = aField();
    doing(() => result.current.setText('a'));
    wait(200);
    doing(() => result.current.setText(''));
    wait(200);
    // Both values came back at once, which must not change the text.
    rerender({ stands: '' });
    rerender({ stands: 'a' });
    expect(result.current.text).toBe('a');
  });

  it('applies its text once when Enter is pressed', () => {
    const { result } = aField();
    doing(() => result.current.setText('mira'));
    doing(() => result.current.flush());
    wait(200);
    expect(use.mock.calls).toEqual([['mira']]);
  });

  it('does not apply an invalid text', () => {
    const { result } = aField();
    doing(() => result.current.setText('mira!'));
    wait(500);
    expect(use).not.toHaveBeenCalled();
    expect(result.current.text).toBe('mira!');
  });
});
