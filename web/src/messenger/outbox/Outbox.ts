import { Problem } from '@/api/problem';
import type { Message, Quote } from '@/api/types';
import type { FileToSend } from '@/messenger/files/FileToSend';
import { newId } from '@/messenger/files/newId';
import { needsUpload, type OutboxEntry, type OutboxItem, type OutboxStorage } from './OutboxStorage';
import { Pause } from './Pause';
import type { UploadQueue, Uploads } from './Uploads';

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
  /** Loads what uploads files. Few messages have any. */
  readonly loadUploads: (queue: UploadQueue) => Promise<Uploads>;
  /** This browser need not keep these files any more: their message was sent or discarded. */
  readonly release: (files: readonly FileToSend[], why: 'sent' | 'discarded') => void;
}

/**
 * The member's unsent messages. They are sent in the order they were written, with the same id on every attempt; those of a conversation
 * that have gathered are sent in one call. Files are uploaded first; until they are, the later messages of their conversation wait. After a
 * transient failure all of them wait and are retried. A reload loses none.
 */
export class Outbox {
  private readonly listeners = new Set<() => void>();
  private readonly done = new Set<string>();
  private readonly unstored = new Set<string>();
  private items: readonly OutboxItem[] = [];
  private shown: readonly OutboxEntry[] = [];
  private readonly pause = new Pause(() => {
    this.show();
    this.go();
  });
  private uploads: Uploads | undefined;
  private loadingUploads = false;
  // The service keeps a file that is not sent for a day. These were uploaded again.
  private readonly uploadedAgain = new Set<string>();
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
      this.uploads?.stop();
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
  add(connectionId: string, text: string, files: readonly FileToSend[] = [], quote?: Quote): void {
    const at = Math.max(Date.now(), (this.items.at(-1)?.at ?? 0) + 1);
    this.put({ connectionId, clientId: newId(), text, at, ...(files.length > 0 && { files }), ...(quote && { quote }) });
    this.go();
  }

  /** Retries a message now, without its quote if that is gone. */
  retry(clientId: string): void {
    const item = this.items.find((one) => one.clientId === clientId);
    if (item) {
      const { connectionId, text, at, files, quote, refused, quoteIsGone } = item;
      // A file may be what was refused.
      const again = files && { files: refused === undefined || quoteIsGone ? files : files.map(withoutId) };
      this.put({ connectionId, clientId, text, at, ...again, ...(quote && !quoteIsGone && { quote }) });
      this.uploads?.wake();
      this.release();
      this.go();
    }
  }

  /** Discards a message. */
  drop(clientId: string): void {
    this.uploads?.stop(clientId);
    this.remove(clientId, 'discarded');
  }

  /** The network is back: retries now, unless a rate limit is pending. */
  wake(): void {
    if (this.uploads?.problem?.status !== 429) {
      this.uploads?.wake();
    }

    if (this.pause.problem?.status !== 429) {
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
        this.remove(clientId, 'sent');
        this.done.delete(clientId);
      }, confirmedFor);
    }
  }

  private remove(clientId: string, why: 'sent' | 'discarded'): void {
    this.delivery.release(this.items.find((item) => item.clientId === clientId)?.files ?? [], why);
    this.storage.drop(clientId);
    this.items = this.items.filter((item) => item.clientId !== clientId);
    this.show();
  }

  private go(): void {
    this.upload();
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

  private upload(): void {
    if (this.uploads) {
      this.uploads.go();
    } else if (!this.loadingUploads && this.pending().some(needsUpload)) {
      this.loadingUploads = true;
      this.delivery
        .loadUploads({
          reread: () => this.reread(),
          next: () => this.pending().find(needsUpload),
          uploaded: (clientId, key, id) => this.changeFiles(clientId, (file) => (file.key === key ? { ...file, id } : file)),
          refused: (item, why) => this.refuse(item, why),
          changed: () => this.show(),
          done: () => this.go(),
        })
        .then((uploads) => {
          this.uploads = uploads;
          uploads.go();
        })
        // Without a network. It is loaded when the network is back.
        .catch(() => undefined)
        .finally(() => (this.loadingUploads = false));
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
    const pending = this.pause.problem ? [] : this.pending();
    const ready = pending.filter(
      (item, i) => !pending.slice(0, i + 1).some((one) => one.connectionId === item.connectionId && needsUpload(one)),
    );
    return ready.filter((item) => item.connectionId === ready[0]?.connectionId).slice(0, this.alone ? 1 : mostAtOnce);
  }

  /** The messages that are still to be sent. */
  private pending(): readonly OutboxItem[] {
    return this.stopped ? [] : this.items.filter((item) => item.refused === undefined && !this.done.has(item.clientId));
  }

  private async attempt(items: readonly OutboxItem[]): Promise<void> {
    try {
      const results = await this.delivery.send(items);
      this.pause.succeeded();
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
    if (this.pause.begin(problem)) {
      this.show();
    } else if (isNotUploaded(problem) && items.length === 1 && first && !this.uploadedAgain.has(first.clientId)) {
      this.uploadedAgain.add(first.clientId);
      this.changeFiles(first.clientId, withoutId);
    } else if (problem.code === 'not-connected' || problem.status === 404) {
      this.items.filter((one) => one.connectionId === first?.connectionId).forEach((one) => this.refuse(one, reason(problem)));
      this.delivery.ended(first?.connectionId ?? '');
    } else if (items.length > 1) {
      // The call was refused, for whatever one of the messages has. The next calls find which.
      this.alone = true;
    } else if (first) {
      this.refuse(first, reason(problem), {
        ...(problem.file?.reason !== undefined && { fileRefused: problem.file.reason }),
        ...(problem.code === 'not-quotable' && { quoteIsGone: true }),
      });
    }
  }

  private refuse(item: OutboxItem, why: string, more: Pick<OutboxItem, 'fileRefused' | 'quoteIsGone'> = {}): void {
    // Unless it was discarded meanwhile, or the member signed out.
    if (!this.stopped && this.items.some((one) => one.clientId === item.clientId)) {
      this.put({ ...item, refused: why, ...more });
    }
  }

  private changeFiles(clientId: string, change: (file: FileToSend) => FileToSend): void {
    const item = this.items.find((one) => one.clientId === clientId);
    if (!this.stopped && item?.files) {
      this.put({ ...item, files: item.files.map(change) });
      this.go();
    }
  }

  private release(): void {
    this.pause.end();
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
    this.shown = this.items.map((item) => {
      if (item.refused !== undefined) {
        return { ...item, state: 'refused' };
      }

      const upload = needsUpload(item) ? this.uploads : undefined;
      const problem = this.done.has(item.clientId) ? undefined : (upload?.problem ?? this.pause.problem);
      const percent = upload?.percentOf(item.clientId);
      return problem
        ? { ...item, state: 'waiting', waitsFor: problem }
        : { ...item, state: 'sending', ...(percent !== undefined && { percent }) };
    });
    this.listeners.forEach((tell) => tell());
  }
}

function withoutId(file: FileToSend): FileToSend {
  const { id, ...rest } = file;
  return id === undefined ? file : rest;
}

/** Whether the service has not got a file of the message, or has it not any more. */
function isNotUploaded({ errors, file }: Problem): boolean {
  return file ? file.state === 'uploading' : Object.keys(errors).some((field) => /^files\b.*\bid$/.test(field));
}

function reason(problem: Problem): string {
  return problem.errors.text?.[0] ?? problem.detail;
}
