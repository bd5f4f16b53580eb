import type { Category, PlatformName } from '@/api/types';
import { language, texts } from '@/texts/texts';

const platforms: Record<PlatformName, string> = texts.members.platforms;
const categoryNames: Record<Category, string> = texts.members.categories;

/** Every platform. */
export const platformNames = Object.keys(platforms) as readonly PlatformName[];

/** Every category. */
export const categories = Object.keys(categoryNames) as readonly Category[];

/** A platform's brand name. A platform newer than this page is shown by its plain name. */
export function platformName(platform: PlatformName): string {
  return (platforms as Partial<Record<string, string>>)[platform] ?? capitalised(platform);
}

/** The name of a category, or the plain word of one newer than this page. */
export function categoryName(category: Category): string {
  return (categoryNames as Partial<Record<string, string>>)[category] ?? capitalised(category);
}

const countries = new Intl.DisplayNames(language, { type: 'region', fallback: 'code' });
const languages = new Intl.DisplayNames(language, { type: 'language', fallback: 'code' });

export function countryName(code: string): string {
  return nameOf(countries, code);
}

export function languageName(tag: string): string {
  return capitalised(nameOf(languages, tag));
}

// Without the region: British English has "52K" in some browsers and "52k" in others.
const compact = new Intl.NumberFormat(new Intl.Locale(language).language, { notation: 'compact', maximumFractionDigits: 1 });
const whole = new Intl.NumberFormat(language);
const list = new Intl.ListFormat(language, { type: 'unit', style: 'short' });
const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 });

/** A whole number, in full: 52,300. */
export function formatNumber(count: number): string {
  return whole.format(count);
}

/** A number for a small badge: 99+ for more than 99. */
export function formatBadge(count: number): string {
  return count > 99 ? `${formatNumber(99)}+` : formatNumber(count);
}

/** Texts one after the other: Art, Books. */
export function formatList(items: readonly string[]): string {
  return list.format(items);
}

/** A number of followers, rounded: 52K. */
export function formatFollowers(followers: number): string {
  return compact.format(followers);
}

/** An engagement, rounded: 3.4%. */
export function formatEngagement(engagement: number): string {
  return percent.format(engagement);
}

const rightToLeft = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;

/** A name for a sentence of the page. One that is written from right to left is isolated, so that the words around it keep their order. */
export function isolated(name: string): string {
  return rightToLeft.test(name) ? `\u2068${name}\u2069` : name;
}

export function capitalised(word: string): string {
  return word.charAt(0).toLocaleUpperCase(language) + word.slice(1);
}

/** The name of a code, or the code itself: a malformed one must not crash the page. */
export function nameOf(names: Intl.DisplayNames, code: string): string {
  try {
    return names.of(code) ?? code;
  } catch {
    return code;
  }
}
