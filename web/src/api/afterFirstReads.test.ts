import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { beginAfterFirstReads } from './afterFirstReads';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

test('a part that the network failed is loaded again each time it is back, begun once, and ended', async () => {
  const end = vi.fn();
  const begin = vi.fn(() => end);
  const load = vi.fn<() => Promise<() => () => void>>().mockRejectedValueOnce(new Error()).mockRejectedValueOnce(new Error());
  load.mockResolvedValue(begin);
  const stop = beginAfterFirstReads(new QueryClient(), load);
  await vi.advanceTimersByTimeAsync(3_000);
  for (let i = 0; i < 3; i++) {
    window.dispatchEvent(new Event('online'));
    await vi.advanceTimersByTimeAsync(0);
  }

  expect(load).toHaveBeenCalledTimes(3);
  expect(begin).toHaveBeenCalledOnce();
  stop();
  expect(end).toHaveBeenCalledOnce();
});

test('a part that was ended while it loaded does not begin', async () => {
  const begin = vi.fn(() => () => undefined);
  const stop = beginAfterFirstReads(new QueryClient(), () => Promise.resolve(begin));
  vi.advanceTimersByTime(3_000);
  stop();
  await vi.advanceTimersByTimeAsync(0);
  expect(begin).not.toHaveBeenCalled();
});
