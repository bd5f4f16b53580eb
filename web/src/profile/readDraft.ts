import type { Profile, ProfileChange, Rate } from '@/api/types';
import { percentOf, readCount, readPercent } from '@/creators/numbers';
import { accountTexts } from '@/texts/account';
import type { PlatformDraft, ProfileDraft, RateDraft } from './draft';

const said = accountTexts.profile;

/** The errors of each field, by the server's name for it, such as `platforms[0].handle`. */
export type FieldErrors = Readonly<Record<string, readonly string[]>>;

/** The profile in the API's form, or the errors that prevent that. */
type ReadDraft = { readonly change: ProfileChange } | { readonly errors: FieldErrors };

/** Converts a draft to the API's form. Finds only what the server could not understand; the server checks lengths and the like. */
export function readDraft(draft: ProfileDraft, before: Profile): ReadDraft {
  const errors: Record<string, readonly string[]> = {};
  if (draft.displayName.trim() === '') {
    errors.displayName = [said.nameMissing];
  }

  const platforms = draft.platforms.map((platform, i) =>
    readPlatform(platform, before, (field, error) => (errors[`platforms[${i}].${field}`] = [error])),
  );
  Object.assign(errors, errorsOfTerms(draft, before));
  if (before.kind === 'creator' && draft.listed) {
    for (const { field, error } of unmetRequirements(draft)) {
      errors[field] ??= [error];
    }
  }

  if (Object.keys(errors).length > 0) {
    return { errors };
  }

  const { displayName, headline, bio, organisation, country, language, categories, tags, languages, listed } = draft;
  const texts = { headline, bio, organisation, country, language, handle: withoutAt(draft.handle) };
  const addresses = { avatar: draft.avatar, avatarUrl: draft.avatarUrl, website: address(draft.website) };
  const lists = { categories: [...categories], tags: [...tags], platforms, languages: [...languages] };
  return { change: { displayName, ...filled(texts), ...filled(addresses), ...lists, ...readTerms(draft), listed } };
}

/** What to expect of a collaboration, as far as it is said. */
function readTerms({ openTo, formats, rateFrom, leadTime, availableFrom, expects, offers, about }: ProfileDraft): Partial<ProfileChange> {
  const days = readDays(leadTime);
  const rate = readRate(rateFrom);
  return {
    ...(openTo.length > 0 && { openTo: [...openTo] }),
    ...(formats.length > 0 && { formats: [...formats] }),
    ...(rate && { rateFrom: rate }),
    ...(days !== undefined && { leadTime: days }),
    ...(offers.length > 0 && { offers: [...offers] }),
    ...filled({ availableFrom, expects, about }),
  };
}

function errorsOfTerms({ rateFrom: { amount, currency }, leadTime }: ProfileDraft, before: Profile): FieldErrors {
  const typed = amount.trim();
  // To clear the amount is to take it away, whatever the currency is.
  const forgotten = typed === '' && currency !== '' && before.rateFrom === undefined;
  return {
    ...((forgotten || (typed !== '' && !((readCount(typed) ?? 0) > 0))) && { 'rateFrom.amount': [said.rateWrong] }),
    ...(typed !== '' && currency === '' && { 'rateFrom.currency': [said.currencyMissing] }),
    ...(leadTime.trim() !== '' && readDays(leadTime) === undefined && { leadTime: [said.leadTimeWrong] }),
  };
}

/** The amount as typed so far; undefined if it is not an amount in a currency. */
export function readRate({ amount, currency }: RateDraft): Rate | undefined {
  const count = readCount(amount) ?? 0;
  return count > 0 && currency !== '' ? { amount: count, currency } : undefined;
}

// The service refuses too many with words of its own.
function readDays(typed: string): number | undefined {
  return /^\d{1,6}$/.test(typed.trim()) ? Number(typed) : undefined;
}

type Refuse = (field: 'name' | 'handle' | 'followers' | 'engagement', error: string) => void;

function readPlatform(
  { name, handle, url, followers, engagement }: PlatformDraft,
  before: Profile,
  refuse: Refuse,
): NonNullable<ProfileChange['platforms']>[number] {
  const count = followers.trim() === '' ? 0 : readCount(followers);
  const fraction = engagement.trim() === '' ? 0 : engagementOf(engagement, before);
  const known = name === '' ? undefined : name;
  if (known === undefined) {
    refuse('name', said.platformMissing);
  }

  if (withoutAt(handle) === '') {
    refuse('handle', said.handleMissing);
  }

  if (count === undefined) {
    refuse('followers', said.followersWrong);
  }

  if (fraction === undefined) {
    refuse('engagement', said.engagementWrong);
  }

  return {
    name: known ?? 'blog',
    handle: withoutAt(handle),
    ...filled({ url: address(url) }),
    followers: count ?? 0,
    engagement: fraction ?? 0,
  };
}

// The field shows hundredths of a percent. A more exact number stays as it is unless it was edited.
function engagementOf(typed: string, before: Profile): number | undefined {
  return before.platforms.find(({ engagement }) => percentOf(engagement) === typed.trim())?.engagement ?? readPercent(typed);
}

function withoutAt(handle: string): string {
  return handle.trim().replace(/^@/, '');
}

// People type "example.com" for https://example.com. The server judges addresses with another scheme.
function address(typed: string): string {
  const text = typed.trim();
  return /^[^\s:/@]+\.[^\s:/@]{2,}(\/.*)?$/.test(text) ? `https://${text}` : text;
}

/** Without empty texts: the API has no empty fields. */
function filled<T extends Record<string, string>>(texts: T): Partial<T> {
  return Object.fromEntries(Object.entries(texts).filter(([, text]) => text.trim() !== '')) as Partial<T>;
}

interface Requirement {
  /** The field in question. */
  readonly field: 'handle' | 'headline' | 'categories' | 'platforms';
  /** The requirement, as an item of a list. */
  readonly name: string;
  /** The error at the field. */
  readonly error: string;
  readonly isMet: (draft: ProfileDraft) => boolean;
}

/** The requirements for a listed creator, in the order of the page. */
export const requirements: readonly Requirement[] = [
  requirement('handle', ({ handle }) => handle.trim() !== ''),
  requirement('headline', ({ headline }) => headline.trim() !== ''),
  requirement('categories', ({ categories }) => categories.length > 0),
  requirement('platforms', ({ platforms }) => platforms.length > 0),
];

function requirement(field: Requirement['field'], isMet: Requirement['isMet']): Requirement {
  return { field, name: said.needNames[field], error: said.needErrors[field], isMet };
}

/** The requirements that a draft does not meet. */
export function unmetRequirements(draft: ProfileDraft): readonly Requirement[] {
  return requirements.filter(({ isMet }) => !isMet(draft));
}

/** The props of each part of the form. */
export interface FormPart {
  readonly draft: ProfileDraft;
  readonly errors: FieldErrors;
  readonly edit: (edits: Partial<ProfileDraft>) => void;
}

/** The first error of a field. */
export function errorOf(errors: FieldErrors, field: string): string | undefined {
  return errors[field]?.[0];
}

/** The first error of a list, or of an entry without fields of its own. */
export function errorOfList(errors: FieldErrors, field: string): string | undefined {
  const [found] = Object.entries(errors).filter(([name]) => name === field || (name.startsWith(`${field}[`) && name.endsWith(']')));
  return found?.[1][0];
}

/** The errors without those of fields that are being edited. */
export function withoutErrorsOf(errors: FieldErrors, fields: readonly string[]): FieldErrors {
  return Object.fromEntries(
    Object.entries(errors).filter(
      ([name]) => !fields.some((field) => name === field || name.startsWith(`${field}[`) || name.startsWith(`${field}.`)),
    ),
  );
}
