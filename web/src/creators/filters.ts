import { serverNow } from '@/api/serverTime';
import type { Category, Collaboration, CreatorQuery, Format, PlatformName } from '@/api/types';
import { categories, platformNames } from '@/members/names';
import { calendarDay, collaborations, formats } from '@/members/terms';

export type Sort = 'followers' | 'engagement' | 'newest';

/** Search criteria. All of them must match; of a list, any one value. */
export interface Filters {
  readonly q: string;
  readonly category: readonly Category[];
  readonly platform: readonly PlatformName[];
  readonly country: readonly string[];
  readonly language: readonly string[];
  readonly openTo: readonly Collaboration[];
  readonly format: readonly Format[];
  /** The day on which a creator is available, or `now` for the day on which the search is made. */
  readonly available: string | undefined;
  /** `none` leaves out those with whom the member has something in common already: an invite or a connection. */
  readonly relation: 'none' | undefined;
  readonly minFollowers: number | undefined;
  readonly maxFollowers: number | undefined;
  /** A fraction: 0.034 is 3.4%. */
  readonly minEngagement: number | undefined;
  readonly sort: Sort;
}

export type ListFilter = 'category' | 'platform' | 'country' | 'language' | 'openTo' | 'format';

export const listFilters: readonly ListFilter[] = ['category', 'platform', 'country', 'language', 'openTo', 'format'];

/** The API's maximum number of values per list. */
export const maxValues = 20;
/** The API's maximum length of the text. */
export const maxTextLength = 100;
const maxCount = 10_000_000_000;

export const noFilters: Filters = {
  q: '',
  category: [],
  platform: [],
  country: [],
  language: [],
  openTo: [],
  format: [],
  available: undefined,
  relation: undefined,
  minFollowers: undefined,
  maxFollowers: undefined,
  minEngagement: undefined,
  sort: 'followers',
};

/** The filters in an address. Unknown or malformed values are dropped, so that an old or mistyped link still finds somebody. */
export function readFilters(address: URLSearchParams): Filters {
  const minFollowers = readNumber(address.get('minFollowers'), /^\d{1,11}$/, maxCount);
  const maxFollowers = readNumber(address.get('maxFollowers'), /^\d{1,11}$/, maxCount);
  const minEngagement = readNumber(address.get('minEngagement'), /^\d(\.\d{1,8})?$/, 1);
  return {
    q: Array.from((address.get('q') ?? '').trim())
      .slice(0, maxTextLength)
      .join(''),
    category: readList(address, 'category', oneOf(categories)),
    platform: readList(address, 'platform', oneOf(platformNames)),
    country: readList(address, 'country', readCountry),
    language: readList(address, 'language', readLanguage),
    openTo: readList(address, 'openTo', oneOf(collaborations)),
    format: readList(address, 'format', oneOf(formats)),
    available: readAvailable(address.get('available')),
    relation: address.get('relation') === 'none' ? 'none' : undefined,
    minFollowers: minFollowers === 0 ? undefined : minFollowers,
    maxFollowers: minFollowers !== undefined && maxFollowers !== undefined && maxFollowers < minFollowers ? undefined : maxFollowers,
    minEngagement: minEngagement === 0 ? undefined : minEngagement,
    sort: readSort(address.get('sort')),
  };
}

/** The address of filters. Default values are left out. */
export function writeFilters(filters: Filters): URLSearchParams {
  const address = new URLSearchParams();
  if (filters.q !== '') {
    address.set('q', filters.q);
  }

  for (const name of listFilters) {
    filters[name].forEach((value) => address.append(name, value));
  }

  for (const name of ['available', 'relation', 'minFollowers', 'maxFollowers', 'minEngagement'] as const) {
    const value = filters[name];
    if (value !== undefined) {
      address.set(name, String(value));
    }
  }

  if (filters.sort !== noFilters.sort) {
    address.set('sort', filters.sort);
  }

  return address;
}

/** The API query for filters. Equivalent filters give the same query. */
export function queryOf(filters: Filters): CreatorQuery {
  const { q, category, platform, country, language, openTo, format, relation, minFollowers, maxFollowers, minEngagement, sort } = filters;
  const available = filters.available === 'now' ? today() : filters.available;
  return {
    ...(q !== '' && { q }),
    ...(category.length > 0 && { category: category.toSorted() }),
    ...(platform.length > 0 && { platform: platform.toSorted() }),
    ...(country.length > 0 && { country: country.toSorted() }),
    ...(language.length > 0 && { language: language.toSorted() }),
    ...(openTo.length > 0 && { openTo: openTo.toSorted() }),
    ...(format.length > 0 && { format: format.toSorted() }),
    ...(available !== undefined && { available }),
    ...(relation !== undefined && { relation }),
    ...(minFollowers !== undefined && { minFollowers }),
    ...(maxFollowers !== undefined && { maxFollowers }),
    ...(minEngagement !== undefined && { minEngagement }),
    ...(sort !== noFilters.sort && { sort }),
  };
}

/** The filters with a value added to a list, or removed if it was there. */
export function toggled(filters: Filters, name: ListFilter, value: string): Filters {
  const values: readonly string[] = filters[name];
  return { ...filters, [name]: values.includes(value) ? values.filter((other) => other !== value) : [...values, value] };
}

function readList<T extends string>(address: URLSearchParams, name: ListFilter, read: (value: string) => T | undefined): readonly T[] {
  const values = address.getAll(name).flatMap((value) => read(value.trim()) ?? []);
  return [...new Set(values)].slice(0, maxValues);
}

function oneOf<T extends string>(known: readonly T[]): (value: string) => T | undefined {
  return (value) => known.find((one) => one === value.toLowerCase());
}

/** A day of those that the API knows, written as it writes them. */
export function readDay(text: string): string | undefined {
  return /^20\d\d-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : undefined;
}

// Nobody looks for those who were available on a day that has passed: it is an old link, and now is meant.
function readAvailable(text: string | null): string | undefined {
  const day = readDay(text ?? '');
  return text === 'now' || (day !== undefined && day < today()) ? 'now' : day;
}

/** The day that it is where the member is. */
export function today(): string {
  return calendarDay(serverNow());
}

const regions = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

// A country that does not exist has no name.
function readCountry(value: string): string | undefined {
  const code = value.toUpperCase();
  return /^[A-Z]{2}$/.test(code) && regions.of(code) !== undefined ? code : undefined;
}

function readLanguage(value: string): string | undefined {
  try {
    // The grammar allows longer codes, but languages have two or three letters.
    return /^[a-z]{2,3}(-|$)/i.test(value) && value.length <= 35 ? Intl.getCanonicalLocales(value)[0] : undefined;
  } catch {
    return undefined;
  }
}

function readNumber(text: string | null, form: RegExp, most: number): number | undefined {
  const value = text !== null && form.test(text.trim()) ? Number(text) : undefined;
  return value !== undefined && value <= most ? value : undefined;
}

function readSort(text: string | null): Sort {
  return text === 'engagement' || text === 'newest' ? text : noFilters.sort;
}
