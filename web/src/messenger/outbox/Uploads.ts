import { Problem } from '@/api/problem';
import type { FileToSend } from '@/messenger/files/FileToSend';
import type { OutboxItem } from './OutboxStorage';
import { Pause } from './Pause';

/** What uploads need from the application. */
export interface Uploading {
  /**
   * Uploads a file.
   *
   * @param onProgress called with the bytes that are there so far.
   * @returns its id. Throws a `Problem`, or `Unsendable`.
   */
  readonly upload: (file: FileToSend, onProgress: (bytes: number) => void, signal: AbortSignal) => Promise<string>;
  /** Runs a function while no other tab of the same member does. */
  readonly withLock: (run: () => Promise<void>) => Promise<void>;
}

/** What uploads need from the outbox. */
export interface UploadQueue {
  /** Learns what other tabs have done. */
  readonly reread: () => void;
  /** The next message with a file to upload. */
  readonly next: () => OutboxItem | undefined;
  readonly uploaded: (clientId: string, key: string, id: string) => void;
  readonly refused: (item: OutboxItem, why: string) => void;
  /** The progress or the pause changed. */
  readonly changed: () => void;
  readonly done: () => void;
}

/** A file cannot be sent, and trying again does not help. */
export class Unsendable extends Error {
  override readonly name = 'Unsendable';
}

/** Uploads the files of unsent messages, one after the other. A failure does not hold up messages of other conversations. */
export class Uploads {
  private readonly pause = new Pause(() => {
    this.queue.changed();
    this.go();
  });
  private current: { readonly clientId: string; readonly abort: AbortController; percent: number } | undefined;
  private running = false;

  constructor(
    private readonly application: Uploading,
    private readonly queue: UploadQueue,
  ) {}

  /** The problem that uploads wait for. */
  get problem(): Problem | undefined {
    return this.pause.problem;
  }

  /** How much of a message's files is uploaded, in percent; undefined if they are not being uploaded by this tab. */
  percentOf(clientId: string): number | undefined {
    return this.current?.clientId === clientId ? this.current.percent : undefined;
  }

  go(): void {
    if (!this.running && !this.pause.problem && this.queue.next()) {
      this.running = true;
      void this.application
        .withLock(() => this.run())
        .finally(() => {
          this.running = false;
          this.queue.done();
        });
    }
  }

  /** Ends the pause after a failure. */
  wake(): void {
    this.pause.end();
    this.go();
  }

  /** Stops an upload: of one message, or whichever it is. */
  stop(clientId?: string): void {
    if (clientId === undefined || this.current?.clientId === clientId) {
      this.current?.abort.abort();
    }

    if (clientId === undefined) {
      this.pause.end();
    }
  }

  private async run(): Promise<void> {
    this.queue.reread();
    for (let item = this.queue.next(); item && !this.pause.problem; item = this.queue.next()) {
      await this.uploadFirst(item);
    }
  }

  private async uploadFirst(item: OutboxItem): Promise<void> {
    const files = item.files ?? [];
    const file = files.find(({ id }) => id === undefined);
    if (!file) {
      return;
    }

    const bytes = (some: readonly FileToSend[]) => some.reduce((sum, { size }) => sum + size, 0);
    const before = bytes(files.filter(({ id }) => id !== undefined));
    const percent = (done: number) => Math.min(100, Math.floor((100 * (before + done)) / Math.max(1, bytes(files))));
    const upload = { clientId: item.clientId, abort: new AbortController(), percent: percent(0) };
    const { signal } = upload.abort;
    const progress = (done: number) => {
      if (percent(done) !== upload.percent) {
        upload.percent = percent(done);
        this.queue.changed();
      }
    };
    this.current = upload;
    this.queue.changed();
    try {
      const id = await this.application.upload(file, progress, signal);
      this.pause.succeeded();
      this.queue.uploaded(item.clientId, file.key, id);
    } catch (error) {
      if (error instanceof Unsendable) {
        this.queue.refused(item, error.message);
      } else if (!signal.aborted) {
        const problem = Problem.from(error);
        if (!this.pause.begin(problem)) {
          this.queue.refused(item, problem.detail);
        }
      }
    } finally {
      this.current = undefined;
      this.queue.changed();
    }
  }
}
