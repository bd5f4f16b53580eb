import type { Category, PlatformName } from '@/api/types';
import { language } from '@/ui/language';

const platforms: Record<PlatformName, string> = {
  blog: 'Blog',
  bluesky: 'Bluesky',
  facebook: 'Facebook',
  instagram: 'Instagram',
  linkedin: 'LinkedIn',
  newsletter: 'Newsletter',
  pinterest: 'Pinterest',
  podcast: 'Podcast',
  snapchat: 'Snapchat',
  threads: 'Threads',
  tiktok: 'TikTok',
  twitch: 'Twitch',
  x: 'X',
  youtube: 'YouTube',
};

/** Every platform. */
export const platformNames = Object.keys(platforms) as readonly PlatformName[];

// A record, so that the compiler notices a category that the contract adds.
const everyCategory: Record<Category, true> = {
  art: true,
  automotive: true,
  beauty: true,
  books: true,
  business: true,
  comedy: true,
  diy: true,
  education: true,
  family: true,
  fashion: true,
  finance: true,
  fitness: true,
  food: true,
  gaming: true,
  home: true,
  lifestyle: true,
  music: true,
  outdoors: true,
  pets: true,
  photography: true,
  sports: true,
  sustainability: true,
  technology: true,
  travel: true,
  wellness: true,
};

/** Every category. */
export const categories = Object.keys(everyCategory) as readonly Category[];

/** A platform's brand name. A platform newer than this page is shown by its plain name. */
export function platformName(platform: PlatformName): string {
  return (platforms as Partial<Record<string, string>>)[platform] ?? capitalised(platform);
}

export function categoryName(category: Category): string {
  return category === 'diy' ? 'DIY' : capitalised(category);
}

const countries = new Intl.DisplayNames(language, { type: 'region', fallback: 'code' });
const languages = new Intl.DisplayNames(language, { type: 'language', fallback: 'code' });

export function countryName(code: string): string {
  return nameOf(countries, code);
}

export function languageName(tag: string): string {
  return capitalised(nameOf(languages, tag));
}

// British English has "52K" in some browsers and "52k" in others.
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const whole = new Intl.NumberFormat(language);
const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 });

/** A whole number, in full: 52,300. */
export function formatNumber(count: number): string {
  return whole.format(count);
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
  return word.charAt(0).toUpperCase() + word.slice(1);
}

// A malformed code must not crash the page.
function nameOf(names: Intl.DisplayNames, code: string): string {
  try {
    return names.of(code) ?? code;
  } catch {
    return code;
  }
}
