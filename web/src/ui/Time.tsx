import { useSyncExternalStore } from 'react';

const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const steps: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 365 * 86_400],
  ['month', 30 * 86_400],
  ['week', 7 * 86_400],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

interface TimeProps {
  readonly at: string;
  /** Counts in days even where there are weeks of them, as for what ends on a day. */
  readonly inDays?: boolean;
}

/** When something was or will be, as people say it ("3 days ago", "in 2 hours"), with the exact time as a tip. */
export function Time({ at, inDays = false }: TimeProps) {
  const now = useNow();
  return (
    <time dateTime={at} title={exact.format(new Date(at))}>
      {ago(Date.parse(at), now, inDays ? 'day' : 'year')}
    </time>
  );
}

/** The words for a time, seen from another, in no larger unit than the one given. */
export function ago(at: number, now: number, largest: Intl.RelativeTimeFormatUnit = 'year'): string {
  const seconds = Math.round((at - now) / 1000);
  for (const [unit, length] of steps.slice(steps.findIndex(([name]) => name === largest))) {
    if (Math.abs(seconds) >= length) {
      return relative.format(Math.trunc(seconds / length), unit);
    }
  }

  // The page's clock is half a minute coarse: what has just happened can seem to be still to come.
  return seconds > 30 ? 'in a moment' : 'just now';
}

/** A time in full, such as "22 Nov 2026, 09:30". */
export function exactly(at: string): string {
  return exact.format(new Date(at));
}

const tickEvery = 30_000;
const listeners = new Set<() => void>();
let currentTime = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

function tick(): void {
  currentTime = Date.now();
  listeners.forEach((tell) => tell());
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    // Nobody asked for a while.
    currentTime = Date.now();
    timer = setInterval(tick, tickEvery);
  }

  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
    }
  };
}

/** The time, for words such as "3 minutes ago": one clock for all of the page, half a minute coarse. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => currentTime);
}
