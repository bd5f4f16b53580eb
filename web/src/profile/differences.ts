import { categoryName, countryName, languageName, platformName } from '@/members/names';
import { fieldsOf, isSameValue, type PlatformDraft, type ProfileDraft } from './draft';

/** A field in which two drafts differ, in words. */
interface Difference {
  readonly field: keyof ProfileDraft;
  readonly label: string;
  readonly theirs: string;
  readonly mine: string;
}

/** The fields' labels. */
export const labels: Record<keyof ProfileDraft, string> = {
  displayName: 'Your name',
  handle: 'Handle',
  headline: 'Headline',
  bio: 'About you',
  avatarUrl: 'Picture',
  organisation: 'Organisation',
  website: 'Website',
  categories: 'Categories',
  tags: 'Tags',
  platforms: 'Platforms',
  country: 'Country',
  languages: 'Languages that you publish in',
  language: 'Language of your emails',
  listed: 'Listed',
};

/** The fields in which the saved profile and the edits differ. */
export function differences(theirs: ProfileDraft, mine: ProfileDraft): readonly Difference[] {
  return fieldsOf(mine)
    .filter((field) => !isSameValue(theirs, mine, field))
    .map((field) => ({ field, label: labels[field], theirs: inWords(theirs, field), mine: inWords(mine, field) }));
}

function inWords(draft: ProfileDraft, field: keyof ProfileDraft): string {
  switch (field) {
    case 'categories':
      return draft.categories.map(categoryName).join(', ');
    case 'languages':
      return draft.languages.map(languageName).join(', ');
    case 'tags':
      return draft.tags.join(', ');
    case 'platforms':
      return draft.platforms.map(platformInWords).join('; ');
    case 'country':
      return draft.country === '' ? '' : countryName(draft.country);
    case 'language':
      return draft.language === '' ? '' : languageName(draft.language);
    case 'listed':
      return draft.listed ? 'Yes' : 'No';
    default:
      return draft[field];
  }
}

function platformInWords({ name, handle, url, followers, engagement }: PlatformDraft): string {
  return [
    name === '' ? '' : platformName(name),
    handle,
    url,
    followers === '' ? '' : `${followers} followers`,
    engagement === '' ? '' : `${engagement}%`,
  ]
    .filter((part) => part !== '')
    .join(' ');
}
