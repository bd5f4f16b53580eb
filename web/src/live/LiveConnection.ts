import type { WebPubSubClient } from '@azure/web-pubsub-client';
import type { LiveEvent } from '../api/types';
import type { Live, LiveStatus } from './live';

const firstRetry = 1_000;
const longestRetry = 30_000;

/** The member's live events by the official Web PubSub client, with the reliable subprotocol: a short break loses nothing. */
export class LiveConnection implements Live {
  private readonly events = new Set<(event: LiveEvent) => void>();
  private readonly statuses = new Set<() => void>();
  private readonly gaps = new Set<() => void>();
  private current: LiveStatus = 'connecting';
  private client: WebPubSubClient | undefined;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private failures = 0;
  private wasLive = false;
  private closed = false;

  /** @param access asks the API for a URL to connect to; each connects once. */
  constructor(private readonly access: () => Promise<string>) {}

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

  /** Connects, and stays connected until `close`. Returns what ends it. */
  open(): () => void {
    this.closed = false;
    window.addEventListener('online', this.again);
    document.addEventListener('visibilitychange', this.wake);
    void this.connect();
    return () => this.close();
  }

  private close(): void {
    this.closed = true;
    window.removeEventListener('online', this.again);
    document.removeEventListener('visibilitychange', this.wake);
    clearTimeout(this.retry);
    this.drop();
  }

  private async connect(): Promise<void> {
    clearTimeout(this.retry);
    // Not needed to show the page, and half as large as all the rest.
    const { WebPubSubClient: Client, WebPubSubJsonReliableProtocol } = await import('@azure/web-pubsub-client');
    if (this.closed) {
      return;
    }

    this.drop();
    const client = new Client({ getClientAccessUrl: this.access }, { protocol: WebPubSubJsonReliableProtocol(), autoRejoinGroups: false });
    this.client = client;
    client.on('connected', () => this.client === client && this.connected());
    client.on('disconnected', () => this.client === client && this.become('broken'));
    client.on('stopped', () => this.client === client && this.failed());
    client.on('server-message', ({ message }) => {
      // What is no object is no event of ours.
      if (this.client === client && typeof message.data === 'object' && 'type' in message.data) {
        this.events.forEach((listener) => listener(message.data as LiveEvent));
      }
    });
    try {
      await client.start();
    } catch {
      if (this.client === client) {
        this.failed();
      }
    }
  }

  // Also after a break that the client could not resume: it then has a new connection, and the events between are gone.
  private connected(): void {
    this.failures = 0;
    this.become('live');
    if (this.wasLive) {
      this.gaps.forEach((listener) => listener());
    }

    this.wasLive = true;
  }

  private failed(): void {
    this.become('broken');
    if (!this.closed) {
      clearTimeout(this.retry);
      const wait = Math.min(firstRetry * 2 ** this.failures++, longestRetry);
      this.retry = setTimeout(() => void this.connect(), wait * (0.5 + Math.random() / 2));
    }
  }

  // The network is back: nobody wants to wait for the rest of the pause.
  private readonly again = (): void => {
    if (this.current !== 'live') {
      this.failures = 0;
      void this.connect();
    }
  };

  // After sleep a dead socket can look alive for a while; what is shown is read again in any case.
  private readonly wake = (): void => {
    if (document.visibilityState === 'visible') {
      this.again();
    }
  };

  private drop(): void {
    const client = this.client;
    this.client = undefined;
    client?.stop();
  }

  private become(status: LiveStatus): void {
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
