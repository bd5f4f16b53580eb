// Milliseconds from the page's own clock, which nobody can set, to the server's. Every answer is a lower bound of it, because the answer
// was on its way for a while. The largest bound is the best, also after a sleep in which the page's clock stood still.
let ahead: number | undefined;

/** Learns the server's time from an answer that came just now. Other origins must expose the header `Date`. */
export function noteServerTime({ headers }: Response): void {
  const at = Date.parse(headers.get('Date') ?? '');
  if (!Number.isNaN(at)) {
    ahead = Math.max(ahead ?? -Infinity, at - performance.now());
  }
}

/**
 * The server's time in milliseconds, up to a second and the way of an answer behind, whatever the device's clock says. It never goes back.
 * Before the first answer it is the device's.
 */
export function serverNow(): number {
  return ahead === undefined ? Date.now() : ahead + performance.now();
}

/** Forgets what it learned. For tests. */
export function resetServerTime(): void {
  ahead = undefined;
}
