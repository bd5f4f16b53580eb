import type { Category, Collaboration, Format, PlatformName, Profile } from '@/api/types';
import { percentOf } from '@/creators/numbers';

/** A platform while it is edited. */
export interface PlatformDraft {
  /** Identifies the row while others come and go. Not part of the profile. */
  readonly key: number;
  /** Empty until one is selected. */
  readonly name: PlatformName | '';
  readonly handle: string;
  readonly url: string;
  /** As typed, such as 52000 or 52K. */
  readonly followers: string;
  /** In percent, as typed. */
  readonly engagement: string;
}

/** An amount while it is edited. Without an amount there is none, whatever the currency is. */
export interface RateDraft {
  /** As typed, such as 1200 or 1.2K. */
  readonly amount: string;
  /** An ISO 4217 code; empty until one is chosen. */
  readonly currency: string;
}

/** A profile while it is edited. Missing texts are empty, and numbers are kept as typed. */
export interface ProfileDraft {
  readonly displayName: string;
  readonly handle: string;
  readonly headline: string;
  readonly bio: string;
  /** The id of an uploaded picture that becomes the profile's; empty to keep what it has. */
  readonly avatar: string;
  readonly avatarUrl: string;
  readonly organisation: string;
  readonly website: string;
  readonly categories: readonly Category[];
  readonly tags: readonly string[];
  readonly platforms: readonly PlatformDraft[];
  readonly openTo: readonly Collaboration[];
  readonly formats: readonly Format[];
  readonly rateFrom: RateDraft;
  /** In days, as typed. */
  readonly leadTime: string;
  /** A day, such as 2026-12-01. */
  readonly availableFrom: string;
  readonly expects: string;
  readonly offers: readonly Collaboration[];
  readonly about: string;
  readonly country: string;
  readonly languages: readonly string[];
  readonly language: string;
  readonly listed: boolean;
}

/** A profile as an editable draft. */
export function draftOf(profile: Profile): ProfileDraft {
  return {
    displayName: profile.displayName,
    handle: profile.handle ?? '',
    headline: profile.headline ?? '',
    bio: profile.bio ?? '',
    avatar: '',
    avatarUrl: profile.avatarUrl ?? '',
    organisation: profile.organisation ?? '',
    website: profile.website ?? '',
    categories: profile.categories,
    tags: profile.tags,
    platforms: profile.platforms.map(({ name, handle, url = '', followers, engagement }, key) => ({
      ...{ key, name, handle, url },
      followers: String(followers),
      engagement: percentOf(engagement),
    })),
    openTo: profile.openTo ?? [],
    formats: profile.formats ?? [],
    rateFrom: { amount: profile.rateFrom ? String(profile.rateFrom.amount) : '', currency: profile.rateFrom?.currency ?? '' },
    leadTime: profile.leadTime === undefined ? '' : String(profile.leadTime),
    availableFrom: profile.availableFrom ?? '',
    expects: profile.expects ?? '',
    offers: profile.offers ?? [],
    about: profile.about ?? '',
    country: profile.country ?? '',
    languages: profile.languages,
    language: profile.language ?? '',
    listed: profile.listed,
  };
}

/** A new platform row with empty fields. */
export function anotherPlatform(platforms: readonly PlatformDraft[]): PlatformDraft {
  return { key: Math.max(-1, ...platforms.map(({ key }) => key)) + 1, name: '', handle: '', url: '', followers: '', engagement: '' };
}

/** Whether two drafts are equal. */
export function isSame(one: ProfileDraft, other: ProfileDraft): boolean {
  return fieldsOf(one).every((field) => isSameValue(one, other, field));
}

/** Whether two drafts are equal in one field. */
export function isSameValue(one: ProfileDraft, other: ProfileDraft, field: keyof ProfileDraft): boolean {
  return JSON.stringify(comparable(one, field)) === JSON.stringify(comparable(other, field));
}

/** The fields of a draft, in the order of the page. */
export function fieldsOf(draft: ProfileDraft): readonly (keyof ProfileDraft)[] {
  return Object.keys(draft) as (keyof ProfileDraft)[];
}

function comparable(draft: ProfileDraft, field: keyof ProfileDraft): unknown {
  return field === 'platforms'
    ? draft.platforms.map(({ name, handle, url, followers, engagement }) => [name, handle, url, followers, engagement])
    : draft[field];
}
