import { type Live, LiveSource } from './live';

/** The live connection as pages know it, from before its code is loaded. */
export class LiveRelay extends LiveSource {
  /** Passes on what a connection tells, until the returned function is called. */
  follow(live: Live): () => void {
    const ends = [
      live.onEvent((event) => this.events.tell(event)),
      live.onGap(() => this.gaps.tell()),
      live.onStatus(() => this.setStatus(live.status())),
    ];
    return () => ends.forEach((end) => end());
  }
}
