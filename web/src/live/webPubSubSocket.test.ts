import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Socket } from './LiveConnection';
import { openWebPubSub } from './webPubSubSocket';

/** Replaces the browser's WebSocket under the official client. */
class FakeWebSocket {
  static readonly OPEN = 1;
  static all: FakeWebSocket[] = [];
  readyState = 0;
  binaryType = '';
  onopen?: () => void;
  onclose?: (event: { code: number; reason: string }) => void;
  onerror?: (event: { error: unknown }) => void;
  onmessage?: (event: { data: string }) => void;

  constructor(readonly url: string) {
    FakeWebSocket.all.push(this);
  }

  opens(): void {
    this.readyState = 1;
    this.onopen?.();
  }

  says(frame: object): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }

  breaks(code = 1006): void {
    this.readyState = 3;
    this.onclose?.({ code, reason: '' });
  }

  close(): void {
    this.breaks(1000);
  }

  // The client sends only pings and acknowledgements.
  readonly send = vi.fn();
}

const connected = { type: 'system', event: 'connected', userId: 'mira', connectionId: 'x1', reconnectionToken: 'secret' };

describe('a socket by the Web PubSub client', () => {
  const listeners = { connected: vi.fn(), activity: vi.fn(), event: vi.fn(), ended: vi.fn() };
  let socket: Socket;
  const nth = async (n: number): Promise<FakeWebSocket> =>
    await vi.waitFor(() => FakeWebSocket.all[n] ?? Promise.reject(new Error('Not opened yet.')), { timeout: 5_000 });

  beforeEach(() => {
    vi.clearAllMocks();
    FakeWebSocket.all = [];
    vi.stubGlobal('WebSocket', FakeWebSocket);
    socket = openWebPubSub(() => Promise.resolve('wss://example.com/client?access_token=t'), listeners);
  });

  afterEach(() => {
    socket.close();
    vi.unstubAllGlobals();
  });

  it('reports each event once', async () => {
    const web = await nth(0);
    web.opens();
    web.says(connected);
    const event = { type: 'message', from: 'server', dataType: 'json', data: { type: 'typing' }, sequenceId: 1 };
    web.says(event);
    web.says(event);
    expect(listeners.connected).toHaveBeenCalledOnce();
    expect(listeners.event.mock.calls).toEqual([[{ type: 'typing' }]]);
  });

  it('recovers a broken connection, and reports activity', async () => {
    const first = await nth(0);
    first.opens();
    first.says(connected);
    first.breaks();
    const second = await nth(1);
    expect(second.url).toContain('awps_connection_id=x1');

    listeners.activity.mockClear();
    second.opens();
    second.says(connected);
    expect(listeners.activity).toHaveBeenCalledOnce();
    expect(listeners.connected).toHaveBeenCalledOnce();
    expect(listeners.ended).not.toHaveBeenCalled();
  });

  it('ends when the service no longer knows the connection', async () => {
    const web = await nth(0);
    web.opens();
    web.says(connected);
    web.breaks(1008);
    expect(listeners.ended).toHaveBeenCalledOnce();
  });

  it('stays closed if it is closed during recovery', async () => {
    const first = await nth(0);
    first.opens();
    first.says(connected);
    first.breaks();
    const second = await nth(1);
    socket.close();
    listeners.activity.mockClear();
    second.opens();
    second.says(connected);
    expect(second.readyState).toBe(3);
    expect(listeners.activity).not.toHaveBeenCalled();
    expect(listeners.ended).not.toHaveBeenCalled();
  });

  it('stays closed if it is closed while connecting', async () => {
    const web = await nth(0);
    socket.close();
    web.opens();
    web.says(connected);
    expect(web.readyState).toBe(3);
    expect(listeners.connected).not.toHaveBeenCalled();
  });
});
