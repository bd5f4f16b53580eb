import type { LiveEvent } from '@/api/types';
import type { Live, LiveStatus } from './live';

const firstRetry = 1_000;
const longestRetry = 30_000;
const checkInterval = 2_000;
// The service answers a ping every 10 seconds.
const brokenAfter = 14_000;
const reconnectAfter = 25_000;
// What a socket gets to come back by itself when the network has.
const grace = 5_000;
// In about this time a page that was just opened has read what it shows.
const firstGapDelay = 1_000;

/** The member's live events: connects, notices when the connection is dead, and connects again, however long that takes. */
export class LiveConnection implements Live {
  private readonly events = new Set<(event: LiveEvent) => void>();
  private readonly statuses = new Set<() => void>();
  private readonly gaps = new Set<() => void>();
  private current: LiveStatus = 'connecting';
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
   * @param access asks the API for a URL to connect to; each connects once.
   */
  constructor(
    private readonly open: OpenSocket,
    private readonly access: () => Promise<string>,
  ) {}

  status(): LiveStatus {
    return this.current;
  }

  onStatus(listener: () => void): () => void {
    return add(this.statuses, listener);
  }

  onEvent(listener: (event: LiveEvent) => void): () => void {
    return add(this.events, listener);
  }

  onGap(listener: () => void): () => void {
    return add(this.gaps, listener);
  }

  /** Connects, and stays connected until what it returns is called. */
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

  // A new connection: the events since the last one are gone. The first one comes a little after the page has read what it shows; what
  // happened between is looked for when the page is there, which must not wait for it.
  private connected(): void {
    const pause = this.wasLive ? 0 : firstGapDelay;
    this.failures = 0;
    this.wasLive = true;
    this.activity();
    clearTimeout(this.gap);
    this.gap = setTimeout(() => this.gaps.forEach((listener) => listener()), pause);
  }

  private activity(): void {
    this.activeAt = Date.now();
    this.giveUpAt = Infinity;
    this.setStatus('live');
  }

  private received(data: unknown): void {
    // What is no object with a type is no event of ours.
    if (typeof data === 'object' && data !== null && 'type' in data) {
      this.events.forEach((listener) => listener(data as LiveEvent));
    }
  }

  private ended(): void {
    this.closeSocket();
    this.setStatus('broken');
    const wait = Math.min(firstRetry * 2 ** this.failures++, longestRetry);
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.connect(), wait * (0.5 + Math.random() / 2));
  }

  // Timers of a page that nobody sees run late, so silence means nothing there. After sleep, this sees it at once.
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

  // Nobody wants to wait for the rest of the pause. A socket that is there may come back by itself, with nothing lost.
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

  private setStatus(status: LiveStatus): void {
    if (status !== this.current) {
      this.current = status;
      this.statuses.forEach((listener) => listener());
    }
  }
}

function add<T>(set: Set<T>, listener: T): () => void {
  set.add(listener);
  return () => set.delete(listener);
}

/** What a socket tells of. */
export interface SocketListeners {
  /** It is connected anew: what was sent to the member before is gone. */
  readonly connected: () => void;
  /** Something came through it, so it lives; also when it has taken up a broken connection without loss. */
  readonly activity: () => void;
  readonly event: (data: unknown) => void;
  /** It has ended, and does not try again. */
  readonly ended: () => void;
}

/** One connection to the live service. */
export interface Socket {
  /** Ends it for good; it tells nothing more. */
  close(): void;
}

/**
 * Opens a connection.
 * @param access asks the API for a URL to connect to; each connects once.
 */
export type OpenSocket = (access: () => Promise<string>, listeners: SocketListeners) => Socket;
