import { Problem } from '@/api/problem';
import type { Message } from '@/api/types';
import type { OutboxEntry, OutboxItem, OutboxStorage } from './OutboxStorage';

const firstPause = 2_000;
const longestPause = 60_000;
const aMinute = 60;
// As many as the server takes in one call.
const mostAtOnce = 20;
// A sent message stays here until its conversation surely shows it, so that it does not vanish for a moment.
const confirmedFor = 2_000;

/** What the outbox needs from the application. */
export interface Delivery {
  /** Sends messages of one conversation. The result has each message or why it was refused. Throws a `Problem` if the call failed. */
  readonly send: (items: readonly OutboxItem[]) => Promise<readonly (Message | Problem)[]>;
  readonly sent: (message: Message) => void;
  /** The conversation no longer takes messages. */
  readonly ended: (connectionId: string) => void;
  /** Runs a function while no other tab of the same member does. */
  readonly withLock: (run: () => Promise<void>) => Promise<void>;
}

/**
 * The member's unsent messages. They are sent in the order they were written, with the same id on every attempt; those of a conversation
 * that have gathered are sent in one call. After a transient failure all of them wait and are retried. A reload loses none.
 */
export class Outbox {
  private readonly listeners = new Set<() => void>();
  private readonly done = new Set<string>();
  private readonly unstored = new Set<string>();
  private items: readonly OutboxItem[] = [];
  private shown: readonly OutboxEntry[] = [];
  private hold: { readonly problem: Problem; readonly timer: ReturnType<typeof setTimeout> } | undefined;
  private failures = 0;
  private running = false;
  private alone = false;
  private stopped = true;

  constructor(
    private readonly storage: OutboxStorage,
    private readonly delivery: Delivery,
  ) {}

  /** Loads stored messages, and sends until the returned function is called. */
  start(): () => void {
    this.stopped = false;
    const end = this.storage.onChange(() => this.reread());
    this.reread();
    this.go();
    return () => {
      end();
      this.stopped = true;
      this.release();
    };
  }

  /** All unsent messages, the oldest first. The same array until something changes. */
  entries(): readonly OutboxEntry[] {
    return this.shown;
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Sends a message as soon as possible. */
  add(connectionId: string, text: string): void {
    const at = Math.max(Date.now(), (this.items.at(-1)?.at ?? 0) + 1);
    this.put({ connectionId, clientId: newId(), text, at });
    this.go();
  }

  /** Retries a message now. */
  retry(clientId: string): void {
    const item = this.items.find((one) => one.clientId === clientId);
    if (item) {
      const { connectionId, text, at } = item;
      this.put({ connectionId, clientId, text, at });
      this.release();
      this.go();
    }
  }

  /** Discards a message. */
  drop(clientId: string): void {
    this.storage.drop(clientId);
    this.items = this.items.filter((item) => item.clientId !== clientId);
    this.show();
  }

  /** The network is back: retries now, unless a rate limit is pending. */
  wake(): void {
    if (this.hold?.problem.status !== 429) {
      this.release();
      this.go();
    }
  }

  /** The message was sent, by this tab or another. */
  confirm(clientId: string): void {
    if (this.items.some((item) => item.clientId === clientId) && !this.done.has(clientId)) {
      this.storage.drop(clientId);
      this.done.add(clientId);
      setTimeout(() => {
        this.drop(clientId);
        this.done.delete(clientId);
      }, confirmedFor);
    }
  }

  private go(): void {
    if (!this.running && !this.stopped && this.next().length > 0) {
      this.running = true;
      void this.delivery
        .withLock(() => this.run())
        .finally(() => {
          this.running = false;
          // A message may have been added at the last moment.
          this.go();
        });
    }
  }

  private async run(): Promise<void> {
    // Another tab may have sent some of them meanwhile.
    this.reread();
    for (let items = this.next(); items.length > 0; items = this.next()) {
      await this.attempt(items);
    }
  }

  /** The next messages to send: those of the conversation whose turn it is. */
  private next(): readonly OutboxItem[] {
    const ready = this.hold || this.stopped ? [] : this.items.filter((item) => item.refused === undefined && !this.done.has(item.clientId));
    return ready.filter((item) => item.connectionId === ready[0]?.connectionId).slice(0, this.alone ? 1 : mostAtOnce);
  }

  private async attempt(items: readonly OutboxItem[]): Promise<void> {
    try {
      const results = await this.delivery.send(items);
      this.failures = 0;
      this.alone = false;
      items.forEach((item, i) => {
        const result = results[i];
        if (result === undefined || result instanceof Problem) {
          this.failed([item], Problem.from(result));
        } else {
          this.confirm(item.clientId);
          this.delivery.sent(result);
        }
      });
    } catch (error) {
      this.failed(items, Problem.from(error));
    }
  }

  private failed(items: readonly OutboxItem[], problem: Problem): void {
    const [first] = items;
    if (problem.status === 429) {
      this.wait(problem, (problem.retryAfter ?? aMinute) * 1000);
    } else if (problem.isTransient || problem.status === 401) {
      this.wait(problem, Math.min(firstPause * 2 ** this.failures++, longestPause));
    } else if (problem.code === 'not-connected' || problem.status === 404) {
      this.items.filter((one) => one.connectionId === first?.connectionId).forEach((one) => this.refuse(one, problem));
      this.delivery.ended(first?.connectionId ?? '');
    } else if (items.length > 1) {
      // The call was refused, for whatever one of the messages has. The next calls find which.
      this.alone = true;
    } else if (first) {
      this.refuse(first, problem);
    }
  }

  private refuse(item: OutboxItem, problem: Problem): void {
    // Unless it was discarded meanwhile, or the member signed out.
    if (!this.stopped && this.items.some((one) => one.clientId === item.clientId)) {
      this.put({ ...item, refused: problem.errors.text?.[0] ?? problem.detail });
    }
  }

  private wait(problem: Problem, milliseconds: number): void {
    clearTimeout(this.hold?.timer);
    const timer = setTimeout(() => {
      this.release();
      this.go();
    }, milliseconds);
    this.hold = { problem, timer };
    this.show();
  }

  private release(): void {
    clearTimeout(this.hold?.timer);
    this.hold = undefined;
    this.show();
  }

  private put(item: OutboxItem): void {
    if (!this.storage.keep(item)) {
      this.unstored.add(item.clientId);
    }

    this.items = [...this.items.filter((one) => one.clientId !== item.clientId), item].sort((a, b) => a.at - b.at);
    this.show();
  }

  private reread(): void {
    const mine = this.items.filter((item) => this.unstored.has(item.clientId) || this.done.has(item.clientId));
    const kept = this.storage.read().filter((item) => !mine.some((one) => one.clientId === item.clientId));
    this.items = [...mine, ...kept].sort((a, b) => a.at - b.at);
    this.show();
  }

  private show(): void {
    const problem = this.hold?.problem;
    this.shown = this.items.map((item) =>
      item.refused !== undefined
        ? { ...item, state: 'refused' }
        : problem && !this.done.has(item.clientId)
          ? { ...item, state: 'waiting', waitsFor: problem }
          : { ...item, state: 'sending' },
    );
    this.listeners.forEach((tell) => tell());
  }
}

/** A random 128-bit id. `crypto.randomUUID` is missing on insecure pages, such as on a phone that opens a developer's machine. */
function newId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
