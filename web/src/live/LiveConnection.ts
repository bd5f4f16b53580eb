import type { LiveEvent } from '@/api/types';
import { LiveSource } from './live';

const firstRetry = 1_000;
const longestRetry = 30_000;
const checkInterval = 2_000;
// The service answers a ping every 10 seconds.
const brokenAfter = 14_000;
const reconnectAfter = 25_000;
// How long a socket has to recover by itself once the network is back.
const grace = 5_000;
// The first connection comes shortly after a newly opened page has read everything. What happened in between can wait a little.
const firstGapDelay = 5_000;

/** The member's live connection: detects when it is dead, and reconnects indefinitely. */
export class LiveConnection extends LiveSource {
  private socket: Socket | undefined;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private gap: ReturnType<typeof setTimeout> | undefined;
  private watch: ReturnType<typeof setInterval> | undefined;
  private failures = 0;
  private wasLive = false;
  private activeAt = 0;
  private giveUpAt = 0;

  /**
   * @param open opens one connection.
   * @param access asks the API for a connection URL. Each URL works once.
   */
  constructor(
    private readonly open: OpenSocket,
    private readonly access: () => Promise<string>,
  ) {
    super();
  }

  /** Connects, and stays connected until the returned function is called. */
  start(): () => void {
    window.addEventListener('online', this.online);
    window.addEventListener('offline', this.offline);
    document.addEventListener('visibilitychange', this.check);
    this.watch = setInterval(this.check, checkInterval);
    this.connect();
    return () => {
      window.removeEventListener('online', this.online);
      window.removeEventListener('offline', this.offline);
      document.removeEventListener('visibilitychange', this.check);
      clearInterval(this.watch);
      clearTimeout(this.retry);
      clearTimeout(this.gap);
      this.closeSocket();
    };
  }

  private connect(): void {
    clearTimeout(this.retry);
    this.closeSocket();
    this.activeAt = Date.now();
    this.giveUpAt = Infinity;
    this.socket = this.open(this.access, {
      connected: () => this.connected(),
      activity: () => this.activity(),
      event: (data) => this.received(data),
      ended: () => this.ended(),
    });
  }

  // A new connection has lost the events since the last one. The very first one has lost few, and the page has just read everything.
  private connected(): void {
    const pause = this.wasLive ? 0 : firstGapDelay;
    this.failures = 0;
    this.wasLive = true;
    this.activity();
    clearTimeout(this.gap);
    this.gap = setTimeout(() => this.gaps.tell(), pause);
  }

  private activity(): void {
    this.activeAt = Date.now();
    this.giveUpAt = Infinity;
    this.setStatus('live');
  }

  private received(data: unknown): void {
    // Ignores data that is not an event.
    if (typeof data === 'object' && data !== null && 'type' in data) {
      this.events.tell(data as LiveEvent);
    }
  }

  private ended(): void {
    this.closeSocket();
    this.setStatus('broken');
    const wait = Math.min(firstRetry * 2 ** this.failures++, longestRetry);
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.connect(), wait * (0.5 + Math.random() / 2));
  }

  // Timers run late on a hidden page, so silence means nothing there. After sleep, this check notices a dead connection at once.
  private readonly check = (): void => {
    if (!this.socket || document.visibilityState !== 'visible') {
      return;
    }

    const now = Date.now();
    if (now - this.activeAt > reconnectAfter || now > this.giveUpAt) {
      this.setStatus('broken');
      this.connect();
    } else if (now - this.activeAt > brokenAfter) {
      this.setStatus('broken');
    }
  };

  private readonly offline = (): void => this.setStatus('broken');

  // Does not wait for the rest of the retry delay. An existing socket may recover by itself without losing events.
  private readonly online = (): void => {
    this.failures = 0;
    if (this.socket) {
      this.giveUpAt = Date.now() + grace;
    } else {
      this.connect();
    }
  };

  private closeSocket(): void {
    const socket = this.socket;
    this.socket = undefined;
    socket?.close();
  }
}

/** The events of a socket. */
export interface SocketListeners {
  /** A new connection is open. Events sent before it are lost. */
  readonly connected: () => void;
  /** Data arrived, so the connection is alive. Also reported after a connection was recovered without loss. */
  readonly activity: () => void;
  readonly event: (data: unknown) => void;
  /** The connection has ended and does not retry. */
  readonly ended: () => void;
}

export interface Socket {
  /** Closes the connection for good. No listener is called afterwards. */
  close(): void;
}

/**
 * Opens a connection.
 *
 * @param access asks the API for a connection URL. Each URL works once.
 */
export type OpenSocket = (access: () => Promise<string>, listeners: SocketListeners) => Socket;
