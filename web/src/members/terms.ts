import type { AnswersWithin, Collaboration, Format, Rate } from '@/api/types';
import { language, texts } from '@/texts/texts';
import { capitalised, nameOf } from './names';

// What a creator expects of a collaboration, and what a brand offers, in words.

const said = texts.members;
const collaborationNames: Record<Collaboration, string> = said.collaborations;
const formatNames: Record<Format, string> = said.formats;

/** Every kind of collaboration. */
export const collaborations = Object.keys(collaborationNames) as readonly Collaboration[];

/** Every format. */
export const formats = Object.keys(formatNames) as readonly Format[];

/** The name of a kind of collaboration, or the plain word of one newer than this page. */
export function collaborationName(collaboration: Collaboration): string {
  return (collaborationNames as Partial<Record<string, string>>)[collaboration] ?? capitalised(collaboration);
}

/** The name of a format, or the plain word of one newer than this page. */
export function formatName(format: Format): string {
  return (formatNames as Partial<Record<string, string>>)[format] ?? capitalised(format);
}

/** Within which time somebody usually answers; undefined where that is not known, or in a term newer than this page. */
export function answersName(within: AnswersWithin | undefined): string | undefined {
  return within && (said.answersWithin as Partial<Record<string, string>>)[within];
}

const currencies = new Intl.DisplayNames(language, { type: 'currency', fallback: 'code' });

export function currencyName(code: string): string {
  return capitalised(nameOf(currencies, code));
}

const amounts = new Map<string, Intl.NumberFormat>();

/** An amount in its currency: €250, or US$1,200. */
export function formatRate({ amount, currency }: Rate): string {
  let format = amounts.get(currency);
  if (!format) {
    format = new Intl.NumberFormat(language, { style: 'currency', currency, maximumFractionDigits: 0 });
    amounts.set(currency, format);
  }

  return format.format(amount);
}

/** The days from an agreement to publication: 14 days. */
export function formatLeadTime(days: number): string {
  return days === 0 ? said.leadTimeNone : said.leadTime(days);
}

const dayOfYear = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' });

/** A day without a time, which is the same day in every time zone: 1 Dec 2026. */
export function formatCalendarDay(day: string): string {
  const date = new Date(day);
  // While somebody types, a date field can hold a year of six digits.
  return Number.isNaN(date.valueOf()) ? day : dayOfYear.format(date);
}

/** From when a creator is available: from a day, or now if it has come where the reader is. */
export function formatAvailability(availableFrom: string, now: number): string {
  return availableFrom <= calendarDay(now) ? said.availableNow : said.availableFrom(formatCalendarDay(availableFrom));
}

/** The day of a time where the reader is, as the API writes days: 2026-12-01. */
export function calendarDay(time: number): string {
  // Swedish dates have that form.
  return new Date(time).toLocaleDateString('sv');
}
