import { type Api, body } from '@/api/client';
import { Problem } from '@/api/problem';
import type { ChangesPage } from '@/api/types';
import type { EventDisplay } from './EventDisplay';

const perPage = 100;
// For events that were lost, more often without a live connection.
const livePollInterval = 120_000;
const pollInterval = 10_000;
// What was under way at a gap has reached the member's rows by then, though its event was lost.
const settlesIn = 5_000;

/**
 * Learns what changed while live events were missed. With nothing new it is one small read. The token is not kept over a reload, because a
 * page that begins reads all that it shows anyway.
 */
export class CatchUp {
  private since: string | undefined;
  private running: Promise<void> | undefined;
  private again = false;
  private ranAt = Date.now();
  private settles: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly api: Api,
    private readonly display: Pick<EventDisplay, 'showChange' | 'refresh'>,
  ) {}

  /** Catches up. Events that were missed meanwhile are caught up with once more. If it fails, the next time goes on from the same place. */
  async run(): Promise<void> {
    this.again = true;
    this.running ??= this.runWhileAsked().finally(() => (this.running = undefined));
    await this.running;
  }

  /** Catches up after events may have been lost: now, and once more when what was under way is done. */
  afterGap(): void {
    clearTimeout(this.settles);
    this.settles = setTimeout(() => void this.run(), settlesIn);
    void this.run();
  }

  /** Catches up now and then while the page is visible, until the returned function is called. */
  poll(isLive: () => boolean): () => void {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible' && Date.now() - this.ranAt >= (isLive() ? livePollInterval : pollInterval)) {
        void this.run();
      }
    }, pollInterval);
    return () => {
      clearInterval(timer);
      clearTimeout(this.settles);
    };
  }

  private async runWhileAsked(): Promise<void> {
    while (this.again) {
      this.again = false;
      this.ranAt = Date.now();
      try {
        await (this.since === undefined ? this.begin() : this.follow(this.since));
      } catch (error) {
        const { status, code } = Problem.from(error);
        if (status === 400 || code === 'changes-expired') {
          this.since = undefined;
          this.again = true;
        }
      }
    }
  }

  // The token first, so that nothing is missed that changes while the rest is read.
  private async begin(): Promise<void> {
    this.since = body(await this.api.calls.GET('/api/changes')).next;
    this.display.refresh();
  }

  private async follow(since: string): Promise<void> {
    let page: ChangesPage = body(await this.api.calls.GET('/api/changes', { params: { query: { since, limit: perPage } } }));
    for (;;) {
      page.value.forEach((change) => this.display.showChange(change));
      this.since = page.next;
      if (page.nextLink === undefined) {
        return;
      }

      page = (await this.api.follow(page.nextLink)) as ChangesPage;
    }
  }
}
