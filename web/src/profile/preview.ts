import { readCount, readPercent } from '../creators/numbers';
import type { Card, PlatformName } from '../api/types';
import type { ProfileDraft } from './draft';

/** The card that others will see, as far as it is typed. */
export function previewOf(draft: ProfileDraft, id: string): Card {
  const platforms = draft.platforms
    .filter((platform) => platform.name !== '')
    .map(({ name, handle, followers, engagement }) => ({
      name: name as PlatformName,
      handle,
      followers: readCount(followers) ?? 0,
      engagement: readPercent(engagement) ?? 0,
    }));
  const largest = platforms.reduce<(typeof platforms)[number] | undefined>(
    (most, platform) => (most && most.followers >= platform.followers ? most : platform),
    undefined,
  );
  return {
    id,
    displayName: draft.displayName.trim() === '' ? 'Your name' : draft.displayName,
    ...given('handle', draft.handle.trim().replace(/^@/, '')),
    ...given('headline', draft.headline.trim()),
    ...given('avatarUrl', draft.avatarUrl.trim()),
    ...given('organisation', draft.organisation.trim()),
    ...given('country', draft.country),
    categories: [...draft.categories],
    languages: [...draft.languages],
    platforms,
    followers: largest?.followers ?? 0,
    engagement: largest?.engagement ?? 0,
  };
}

function given<K extends string>(name: K, text: string): Partial<Record<K, string>> {
  return text === '' ? {} : ({ [name]: text } as Partial<Record<K, string>>);
}
