import type { Category, PlatformName } from '@/api/types';

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

const countries = new Intl.DisplayNames(undefined, { type: 'region', fallback: 'code' });
const languages = new Intl.DisplayNames(undefined, { type: 'language', fallback: 'code' });

export function countryName(code: string): string {
  return nameOf(countries, code);
}

export function languageName(tag: string): string {
  return capitalised(nameOf(languages, tag));
}

const compact = new Intl.NumberFormat(undefined, { notation: 'compact', maximumFractionDigits: 1 });
const percent = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 1 });

/** A number of followers, rounded: 52K. */
export function formatFollowers(followers: number): string {
  return compact.format(followers);
}

/** An engagement, rounded: 3.4%. */
export function formatEngagement(engagement: number): string {
  return percent.format(engagement);
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
