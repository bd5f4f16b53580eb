import type { Profile } from '@/api/types';
import { formatList } from '@/members/names';
import { calendarDay, collaborationName, formatCalendarDay, formatLeadTime, formatName, formatRate } from '@/members/terms';
import { messengerTexts } from '@/texts/messenger';

const said = messengerTexts.expectLines;

/** What a creator expects of a collaboration, as a message; undefined for a brand, and while the profile says nothing of it. */
export function termsMessage({ kind, expects = '', ...terms }: Profile, now: number): string | undefined {
  if (kind !== 'creator') {
    return undefined;
  }

  const facts = factsOf(terms, now);
  const list = facts.length > 0 ? [[said.first, ...facts].join('\n')] : [];
  const words = expects.trim() === '' ? [] : [expects.trim()];
  return list.length + words.length > 0 ? [...list, ...words].join('\n\n') : undefined;
}

type Terms = Pick<Profile, 'openTo' | 'formats' | 'rateFrom' | 'leadTime' | 'availableFrom'>;

function factsOf({ openTo = [], formats = [], rateFrom, leadTime, availableFrom }: Terms, now: number): readonly string[] {
  return [
    openTo.length > 0 && said.openTo(formatList(openTo.map(collaborationName))),
    formats.length > 0 && said.formats(formatList(formats.map(formatName))),
    rateFrom && said.rateFrom(formatRate(rateFrom)),
    leadTime !== undefined && (leadTime === 0 ? said.leadTimeNone : said.leadTime(formatLeadTime(leadTime))),
    availableFrom !== undefined &&
      (availableFrom <= calendarDay(now) ? said.availableNow : said.availableFrom(formatCalendarDay(availableFrom))),
  ].filter((line) => typeof line === 'string');
}

/** A draft with a text after it; undefined if that is longer than a message can be. */
export function appended(draft: string, text: string, fits: (whole: string) => boolean): string | undefined {
  const whole = draft.trim() === '' ? text : `${draft.trimEnd()}\n\n${text}`;
  return fits(whole) ? whole : undefined;
}
