import type { Category, PlatformName, Profile } from '@/api/types';
import { percentOf } from '@/creators/numbers';

/** A platform as it is being typed. */
export interface PlatformDraft {
  /** Tells the rows apart while they come and go; not part of the profile. */
  readonly key: number;
  /** Empty until one is chosen. */
  readonly name: PlatformName | '';
  readonly handle: string;
  readonly url: string;
  /** Digits, or what somebody takes for them. */
  readonly followers: string;
  /** In percent. */
  readonly engagement: string;
}

/** A profile as it is being typed: texts are never absent, and numbers are what was typed. */
export interface ProfileDraft {
  readonly displayName: string;
  readonly handle: string;
  readonly headline: string;
  readonly bio: string;
  readonly avatarUrl: string;
  readonly organisation: string;
  readonly website: string;
  readonly categories: readonly Category[];
  readonly tags: readonly string[];
  readonly platforms: readonly PlatformDraft[];
  readonly country: string;
  readonly languages: readonly string[];
  readonly language: string;
  readonly listed: boolean;
}

/** A profile, ready to be typed on. */
export function draftOf(profile: Profile): ProfileDraft {
  const {
    displayName,
    handle = '',
    headline = '',
    bio = '',
    avatarUrl = '',
    organisation = '',
    website = '',
    country = '',
    language = '',
  } = profile;
  const { categories, tags, languages, listed } = profile;
  const platforms = profile.platforms.map(({ name, handle: theirs, url = '', followers, engagement }, key) => ({
    key,
    name,
    handle: theirs,
    url,
    followers: String(followers),
    engagement: percentOf(engagement),
  }));
  return {
    displayName,
    handle,
    headline,
    bio,
    avatarUrl,
    organisation,
    website,
    categories,
    tags,
    platforms,
    country,
    languages,
    language,
    listed,
  };
}

/** A further platform, with nothing typed yet. */
export function anotherPlatform(platforms: readonly PlatformDraft[]): PlatformDraft {
  return { key: Math.max(-1, ...platforms.map(({ key }) => key)) + 1, name: '', handle: '', url: '', followers: '', engagement: '' };
}

/** Whether two drafts say the same. */
export function isSame(one: ProfileDraft, other: ProfileDraft): boolean {
  return fieldsOf(one).every((field) => isSameValue(one, other, field));
}

/** Whether two drafts say the same in one field. */
export function isSameValue(one: ProfileDraft, other: ProfileDraft, field: keyof ProfileDraft): boolean {
  return JSON.stringify(comparable(one, field)) === JSON.stringify(comparable(other, field));
}

/** The fields of a draft, in the order in which the page has them. */
export function fieldsOf(draft: ProfileDraft): readonly (keyof ProfileDraft)[] {
  return Object.keys(draft) as (keyof ProfileDraft)[];
}

function comparable(draft: ProfileDraft, field: keyof ProfileDraft): unknown {
  return field === 'platforms'
    ? draft.platforms.map(({ name, handle, url, followers, engagement }) => [name, handle, url, followers, engagement])
    : draft[field];
}
