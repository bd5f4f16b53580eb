import { useSyncExternalStore } from 'react';
import { serverNow } from '@/api/serverTime';
import { language } from '@/texts/texts';
import { texts } from '@/texts/texts';

const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
const exact = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
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
  /** Uses no unit larger than a day, for deadlines. */
  readonly inDays?: boolean;
}

/** A time relative to now ("3 days ago", "in 2 hours"), with the exact time as tooltip. */
export function Time({ at, inDays = false }: TimeProps) {
  const now = useNow();
  return (
    <time dateTime={at} title={exact.format(new Date(at))}>
      {formatRelative(Date.parse(at), now, inDays ? 'day' : 'year')}
    </time>
  );
}

/**
 * A time relative to another, in no larger unit than the given one. In days, a coming time is rounded up: what was given 30 days ends in 30
 * days all through the first one.
 */
export function formatRelative(at: number, now: number, largest: 'year' | 'day' = 'year'): string {
  const seconds = Math.round((at - now) / 1000);
  const whole = largest === 'day' && seconds > 0 ? Math.ceil : Math.trunc;
  for (const [unit, length] of steps.slice(steps.findIndex(([name]) => name === largest))) {
    if (Math.abs(seconds) >= length) {
      return relative.format(whole(seconds / length), unit);
    }
  }

  // The clock is up to half a minute behind, so a recent event can seem to be in the future.
  return seconds > 30 ? texts.ui.moment : texts.ui.justNow;
}

/** A full date and time, such as "22 Nov 2026, 09:30". */
export function formatDateTime(at: string): string {
  return exact.format(new Date(at));
}

const tickEvery = 30_000;
const listeners = new Set<() => void>();
let currentTime = serverNow();
let timer: ReturnType<typeof setInterval> | undefined;

function tick(): void {
  currentTime = serverNow();
  listeners.forEach((tell) => tell());
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    // The clock stood still without listeners.
    currentTime = serverNow();
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

/** The server's time, updated every half minute by one timer for the whole page. For relative times. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => currentTime);
}
