import { afterEach, describe, expect, it, vi } from 'vitest';
import { noteServerTime, resetServerTime, serverNow } from './serverTime';

const answer = (at: number) => new Response(null, { headers: { Date: new Date(at).toUTCString() } });

afterEach(() => {
  vi.useRealTimers();
  resetServerTime();
});

describe('the server’s time', () => {
  it('does not depend on the device’s clock', () => {
    const at = Date.parse('2026-11-28T09:00:00Z');
    vi.useFakeTimers({ now: at + 20 * 60_000 });
    noteServerTime(answer(at));
    expect(serverNow()).toBe(at);
    vi.advanceTimersByTime(5_000);
    vi.setSystemTime(0);
    expect(serverNow()).toBe(at + 5_000);
  });

  it('is not set back by an answer that was long on its way, and is set forward after a sleep', () => {
    vi.useFakeTimers();
    noteServerTime(answer(100_000));
    vi.advanceTimersByTime(3_000);
    noteServerTime(answer(101_000));
    expect(serverNow()).toBe(103_000);
    noteServerTime(answer(3_700_000));
    expect(serverNow()).toBe(3_700_000);
  });

  it('is the device’s until an answer has a date', () => {
    vi.useFakeTimers({ now: 5_000 });
    noteServerTime(new Response(null));
    expect(serverNow()).toBe(5_000);
  });
});
