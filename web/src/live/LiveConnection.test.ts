import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LiveConnection, type SocketListeners } from './LiveConnection';

class FakeSocket {
  closed = false;
  constructor(readonly listeners: SocketListeners) {}
  close() {
    this.closed = true;
  }
}

describe('the live connection', () => {
  let sockets: FakeSocket[];
  let live: LiveConnection;
  let stop: () => void;
  let gaps: number;
  const last = (): FakeSocket => {
    const socket = sockets.at(-1);
    if (!socket) {
      throw new Error('No socket was opened.');
    }

    return socket;
  };

  /** Lets time pass while the service answers every ping. */
  const passes = (milliseconds: number) => {
    for (let left = milliseconds; left > 0; left -= 10_000) {
      vi.advanceTimersByTime(Math.min(left, 10_000));
      last().listeners.activity();
    }
  };

  beforeEach(() => {
    vi.useFakeTimers();
    sockets = [];
    gaps = 0;
    live = new LiveConnection(
      (_, listeners) => {
        const socket = new FakeSocket(listeners);
        sockets.push(socket);
        return socket;
      },
      () => Promise.resolve('wss://example.com'),
    );
    live.onGap(() => gaps++);
    stop = live.start();
  });

  afterEach(() => {
    stop();
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  it('keeps one socket as long as it responds', () => {
    last().listeners.connected();
    passes(600_000);
    expect(live.status()).toBe('live');
    expect(sockets).toHaveLength(1);
  });

  it('is broken after a silence, and reconnects after a longer one', () => {
    last().listeners.connected();
    vi.advanceTimersByTime(16_000);
    expect(live.status()).toBe('broken');
    expect(sockets).toHaveLength(1);

    vi.advanceTimersByTime(12_000);
    expect(sockets.map((socket) => socket.closed)).toEqual([true, false]);

    gaps = 0;
    last().listeners.connected();
    vi.advanceTimersByTime(0);
    expect(live.status()).toBe('live');
    expect(gaps).toBe(1);
  });

  it('reports no gap when the socket recovers by itself', () => {
    last().listeners.connected();
    passes(10_000);
    gaps = 0;
    window.dispatchEvent(new Event('offline'));
    expect(live.status()).toBe('broken');

    window.dispatchEvent(new Event('online'));
    vi.advanceTimersByTime(2_000);
    last().listeners.activity();
    passes(60_000);
    expect(live.status()).toBe('live');
    expect(sockets).toHaveLength(1);
    expect(gaps).toBe(0);
  });

  it('replaces a socket that stays silent after the network is back', () => {
    last().listeners.connected();
    window.dispatchEvent(new Event('offline'));
    window.dispatchEvent(new Event('online'));
    vi.advanceTimersByTime(8_000);
    expect(sockets).toHaveLength(2);
  });

  it('backs off while the service is down, and retries at once when the network is back', () => {
    vi.spyOn(Math, 'random').mockReturnValue(1);
    for (const seconds of [1, 2, 4, 8, 16, 30, 30]) {
      const tried = sockets.length;
      last().listeners.ended();
      vi.advanceTimersByTime(seconds * 1000 - 1);
      expect(sockets).toHaveLength(tried);
      vi.advanceTimersByTime(1);
      expect(sockets).toHaveLength(tried + 1);
    }

    const tried = sockets.length;
    last().listeners.ended();
    window.dispatchEvent(new Event('online'));
    expect(sockets).toHaveLength(tried + 1);
  });

  it('reports a gap for the time before the first connection, a little later', () => {
    last().listeners.connected();
    vi.advanceTimersByTime(500);
    expect(gaps).toBe(0);
    passes(60_000);
    expect(gaps).toBe(1);
  });

  it('does not mistake the late timers of a hidden page for silence', () => {
    last().listeners.connected();
    const hidden = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    vi.advanceTimersByTime(20_000);
    expect(live.status()).toBe('live');

    // After a long time in the background, the socket may be dead and the page out of date.
    vi.advanceTimersByTime(60_000);
    hidden.mockReturnValue('visible');
    document.dispatchEvent(new Event('visibilitychange'));
    expect(sockets).toHaveLength(2);
  });

  it('closes its socket when it is stopped', () => {
    last().listeners.connected();
    stop();
    vi.advanceTimersByTime(120_000);
    expect(sockets.map((socket) => socket.closed)).toEqual([true]);
  });
});
