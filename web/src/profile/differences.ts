import { categoryName, countryName, formatList, languageName, platformName } from '@/members/names';
import { collaborationName, formatCalendarDay, formatName } from '@/members/terms';
import { accountTexts } from '@/texts/account';
import { fieldsOf, isSameValue, type PlatformDraft, type ProfileDraft } from './draft';

/** A field in which two drafts differ, in words. */
interface Difference {
  readonly field: keyof ProfileDraft;
  readonly label: string;
  readonly theirs: string;
  readonly mine: string;
}

/** The fields' labels. */
export const labels: Record<keyof ProfileDraft, string> = accountTexts.profile.labels;

/** The fields in which the saved profile and the edits differ. */
export function differences(theirs: ProfileDraft, mine: ProfileDraft): readonly Difference[] {
  return fieldsOf(mine)
    .filter((field) => !isSameValue(theirs, mine, field))
    .map((field) => ({ field, label: labels[field], theirs: inWords(theirs, field), mine: inWords(mine, field) }));
}

function inWords(draft: ProfileDraft, field: keyof ProfileDraft): string {
  switch (field) {
    case 'categories':
      return formatList(draft.categories.map(categoryName));
    case 'languages':
      return formatList(draft.languages.map(languageName));
    case 'tags':
      return formatList(draft.tags);
    case 'platforms':
      return draft.platforms.map(platformInWords).join('; ');
    case 'openTo':
    case 'offers':
      return formatList(draft[field].map(collaborationName));
    case 'formats':
      return formatList(draft.formats.map(formatName));
    case 'rateFrom':
      return [draft.rateFrom.amount, draft.rateFrom.currency].filter((part) => part !== '').join(' ');
    case 'availableFrom':
      return draft.availableFrom === '' ? '' : formatCalendarDay(draft.availableFrom);
    case 'avatar':
      return draft.avatar === '' ? '' : accountTexts.avatar.newOne;
    case 'country':
      return draft.country === '' ? '' : countryName(draft.country);
    case 'language':
      return draft.language === '' ? '' : languageName(draft.language);
    case 'listed':
      return draft.listed ? accountTexts.profile.yes : accountTexts.profile.no;
    default:
      return draft[field];
  }
}

function platformInWords({ name, handle, url, followers, engagement }: PlatformDraft): string {
  return [
    name === '' ? '' : platformName(name),
    handle,
    url,
    followers === '' ? '' : accountTexts.profile.followersTyped(followers),
    engagement === '' ? '' : accountTexts.profile.percent(engagement),
  ]
    .filter((part) => part !== '')
    .join(' ');
}
