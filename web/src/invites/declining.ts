import type { Contact } from '@/api/types';
import { formatCalendarDay } from '@/members/terms';
import { invitesTexts } from '@/texts/invites';
import { formatDateTime } from '@/ui/Time';

const said = invitesTexts;
const aDay = 86_400_000;

/** The latest day that the service takes, in days from today. */
const mostDays = 365;

/** The first day from which an inviter may ask again. The service counts days in UTC. */
export function firstDayToAskAgain(now: number): string {
  return dayAfter(now, 1);
}

export function lastDayToAskAgain(now: number): string {
  return dayAfter(now, mostDays);
}

export function isDayToAskAgain(day: string, now: number): boolean {
  return day.length === 'yyyy-mm-dd'.length && day >= firstDayToAskAgain(now) && day <= lastDayToAskAgain(now);
}

function dayAfter(now: number, days: number): string {
  return new Date(now + days * aDay).toISOString().slice(0, 10);
}

const reasons: Partial<Record<string, { readonly theirs: string; readonly yours: string }>> = said.declinedBecause;

/** Why an invite was declined, for the member who reads it; undefined if it was not said. One newer than this page is another reason. */
export function declinedBecause({ state, direction, declined }: Contact): string | undefined {
  if (state !== 'declined' || declined === undefined) {
    return undefined;
  }

  const { theirs, yours } = reasons[declined.reason] ?? said.declinedBecause.other;
  return direction === 'sent' ? theirs : yours;
}

/** From when an inviter may ask again: the day that the other side named, or the moment at which the lock ends. */
export function askAgainFrom({ until, declined }: Contact): string | undefined {
  return declined?.until !== undefined ? formatCalendarDay(declined.until) : until !== undefined ? formatDateTime(until) : undefined;
}
