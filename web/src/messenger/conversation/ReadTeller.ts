const atMostEvery = 1_000;
const againAfter = 5_000;

/** Tells the server how far a conversation was read: not for every message of a quick exchange, and again when it could not be told. */
export class ReadTeller {
  private wanted = 0;
  private told = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private busy = false;

  /** @param send makes the call; it answers whether it is any use to try again. */
  constructor(private readonly send: (seq: number) => Promise<'done' | 'again'>) {}

  /** It was read up to this message. */
  tell(seq: number): void {
    this.wanted = Math.max(this.wanted, seq);
    if (this.timer === undefined && !this.busy) {
      void this.go();
    }
  }

  /** Tells what is left to tell at once: the conversation is being left. */
  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (!this.busy) {
      void this.go();
    }
  }

  private async go(): Promise<void> {
    const seq = this.wanted;
    if (seq <= this.told) {
      return;
    }

    this.busy = true;
    const came = await this.send(seq);
    this.busy = false;
    this.told = came === 'done' ? seq : this.told;
    this.timer = setTimeout(
      () => {
        this.timer = undefined;
        void this.go();
      },
      came === 'done' ? atMostEvery : againAfter,
    );
  }
}
