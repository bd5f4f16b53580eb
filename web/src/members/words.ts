import type { Category, PlatformName } from '../api/types';

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

/** What a platform calls itself; a platform newer than this page by its plain name. */
export function platformName(platform: PlatformName): string {
  return (platforms as Partial<Record<string, string>>)[platform] ?? capitalised(platform);
}

export function categoryName(category: Category): string {
  return category === 'diy' ? 'DIY' : capitalised(category);
}

const countries = new Intl.DisplayNames(undefined, { type: 'region', fallback: 'code' });
const languages = new Intl.DisplayNames(undefined, { type: 'language', fallback: 'code' });

export function countryName(code: string): string {
  return named(countries, code);
}

export function languageName(tag: string): string {
  return capitalised(named(languages, tag));
}

const compact = new Intl.NumberFormat(undefined, { notation: 'compact', maximumFractionDigits: 1 });
const percent = new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 1 });

/** A number of followers at a glance: 52K. */
export function followersInShort(followers: number): string {
  return compact.format(followers);
}

/** An engagement at a glance: 3.4%. */
export function engagementInShort(engagement: number): string {
  return percent.format(engagement);
}

function capitalised(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

// A malformed code must not take the page down.
function named(names: Intl.DisplayNames, code: string): string {
  try {
    return names.of(code) ?? code;
  } catch {
    return code;
  }
}
