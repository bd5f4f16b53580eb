import { useNow } from './useNow';

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

/** When something was or will be, as people say it ("3 days ago", "in 2 hours"), with the exact time as a tip. */
export function Time({ at }: { readonly at: string }) {
  const now = useNow();
  return (
    <time dateTime={at} title={exact.format(new Date(at))}>
      {ago(Date.parse(at), now)}
    </time>
  );
}

/** The words for a time, seen from another. */
export function ago(at: number, now: number): string {
  const seconds = Math.round((at - now) / 1000);
  for (const [unit, length] of steps) {
    if (Math.abs(seconds) >= length) {
      return relative.format(Math.trunc(seconds / length), unit);
    }
  }

  return seconds > 0 ? 'in a moment' : 'just now';
}

/** A time in full, such as "22 Nov 2026, 09:30". */
export function exactly(at: string): string {
  return exact.format(new Date(at));
}
