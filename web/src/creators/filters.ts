import type { Category, CreatorQuery, PlatformName } from '@/api/types';
import { categories, platformNames } from '@/members/names';

export type Sort = 'followers' | 'engagement' | 'newest';

/** Search criteria. All of them must match; of a list, any one value. */
export interface Filters {
  readonly q: string;
  readonly category: readonly Category[];
  readonly platform: readonly PlatformName[];
  readonly country: readonly string[];
  readonly language: readonly string[];
  readonly minFollowers: number | undefined;
  readonly maxFollowers: number | undefined;
  /** A fraction: 0.034 is 3.4%. */
  readonly minEngagement: number | undefined;
  readonly sort: Sort;
}

export type ListFilter = 'category' | 'platform' | 'country' | 'language';

export const listFilters: readonly ListFilter[] = ['category', 'platform', 'country', 'language'];

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
    category: readList(address, 'category', (value) => categories.find((category) => category === value.toLowerCase())),
    platform: readList(address, 'platform', (value) => platformNames.find((platform) => platform === value.toLowerCase())),
    country: readList(address, 'country', readCountry),
    language: readList(address, 'language', readLanguage),
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

  for (const name of ['minFollowers', 'maxFollowers', 'minEngagement'] as const) {
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
  const { q, category, platform, country, language, minFollowers, maxFollowers, minEngagement, sort } = filters;
  return {
    ...(q !== '' && { q }),
    ...(category.length > 0 && { category: category.toSorted() }),
    ...(platform.length > 0 && { platform: platform.toSorted() }),
    ...(country.length > 0 && { country: country.toSorted() }),
    ...(language.length > 0 && { language: language.toSorted() }),
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
