import { capitalised } from '@/members/names';
import { language } from '@/texts/texts';

const clock = new Intl.DateTimeFormat(language, { timeStyle: 'short' });
const weekday = new Intl.DateTimeFormat(language, { weekday: 'short' });
const longWeekday = new Intl.DateTimeFormat(language, { weekday: 'long' });
const day = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short' });
const longDay = new Intl.DateTimeFormat(language, { weekday: 'long', day: 'numeric', month: 'long' });
const dayOfYear = new Intl.DateTimeFormat(language, { dateStyle: 'long' });
const shortDayOfYear = new Intl.DateTimeFormat(language, { dateStyle: 'short' });
const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
const aDay = 86_400_000;

export function formatTime(at: string): string {
  return clock.format(new Date(at));
}

/** A date, such as "22 November 2026". */
export function formatDate(at: string): string {
  return dayOfYear.format(new Date(at));
}

/** A short time for a list: the time of day, the weekday, or the date. */
export function formatShort(at: string, now: number): string {
  const days = daysAgo(at, now);
  if (days === 0) {
    return formatTime(at);
  }

  return (days < 7 ? weekday : sameYear(at, now) ? day : shortDayOfYear).format(new Date(at));
}

/** The day as a heading. */
export function formatDay(at: string, now: number): string {
  const days = daysAgo(at, now);
  if (days < 2) {
    return capitalised(relative.format(-days, 'day'));
  }

  return (days < 7 ? longWeekday : sameYear(at, now) ? longDay : dayOfYear).format(new Date(at));
}

// Calendar days. A sender's clock that is slightly ahead must not give "tomorrow".
function daysAgo(at: string, now: number): number {
  return Math.max(0, Math.round((midnight(now) - midnight(Date.parse(at))) / aDay));
}

function midnight(time: number): number {
  return new Date(time).setHours(0, 0, 0, 0);
}

function sameYear(at: string, now: number): boolean {
  return new Date(at).getFullYear() === new Date(now).getFullYear();
}
