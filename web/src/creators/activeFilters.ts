import { formatEngagement, formatFollowers } from '@/members/names';
import { type Filters, type ListFilter, listFilters, noFilters, toggled } from './filters';
import { valueName } from './useFacets';

/** The filters' names. */
export const filterNames: Readonly<Record<ListFilter | 'followers' | 'engagement', string>> = {
  category: 'Category',
  platform: 'Platform',
  country: 'Country',
  language: 'Language',
  followers: 'Followers',
  engagement: 'Engagement',
};

/** A filter in use, and how to remove it. */
export interface ActiveFilter {
  readonly id: string;
  /** `text` is the search box. */
  readonly of: keyof typeof filterNames | 'text';
  readonly label: string;
  readonly without: (filters: Filters) => Filters;
}

/** All filters in use except the text, one by one. */
export function activeFilters(filters: Filters): readonly ActiveFilter[] {
  const lists = listFilters.flatMap((name) =>
    filters[name].map((value): ActiveFilter => ({
      id: `${name} ${value}`,
      of: name,
      label: valueName(name, value),
      without: (now) => (isIn(now, name, value) ? toggled(now, name, value) : now),
    })),
  );
  return [...lists, ...followers(filters), ...engagement(filters)];
}

/** The filters that can be removed on their own: each kind as a whole, and single words of the text. The most restrictive come first. */
export function relaxations(filters: Filters): readonly ActiveFilter[] {
  const lists = listFilters
    .filter((name) => filters[name].length > 0)
    .map((name): ActiveFilter => ({
      id: name,
      of: name,
      label: `${filterNames[name]}: ${filters[name].map((value) => valueName(name, value)).join(', ')}`,
      without: (now) => ({ ...now, [name]: [] }),
    }));
  return [...text(filters), ...engagement(filters), ...followers(filters), ...lists.toReversed()];
}

/** No filters, in the same sort order. */
export function cleared(filters: Filters): Filters {
  return { ...noFilters, sort: filters.sort };
}

/** How many values of one kind of filter are selected. */
export function chosenIn(filters: Filters, of: keyof typeof filterNames): number {
  return activeFilters(filters).filter((filter) => filter.of === of).length;
}

// The last word is the likeliest to be too much.
function text({ q }: Filters): readonly ActiveFilter[] {
  const words = q.split(/\s+/).filter((word) => word !== '');
  const each =
    words.length < 2
      ? []
      : words.map((word, i): ActiveFilter => ({
          id: `word ${i}`,
          of: 'text',
          label: `“${word}”`,
          without: (now) => ({ ...now, q: words.toSpliced(i, 1).join(' ') }),
        }));
  const whole: readonly ActiveFilter[] =
    words.length === 0 ? [] : [{ id: 'text', of: 'text', label: `“${q}”`, without: (now) => ({ ...now, q: '' }) }];
  return [...each.toReversed().slice(0, 2), ...whole];
}

function followers({ minFollowers: min, maxFollowers: max }: Filters): readonly ActiveFilter[] {
  return min === undefined && max === undefined
    ? []
    : [
        {
          id: 'followers',
          of: 'followers',
          label: formatRange(min, max),
          without: (now) => ({ ...now, minFollowers: undefined, maxFollowers: undefined }),
        },
      ];
}

function engagement({ minEngagement: min }: Filters): readonly ActiveFilter[] {
  return min === undefined
    ? []
    : [
        {
          id: 'engagement',
          of: 'engagement',
          label: `Engagement from ${formatEngagement(min)}`,
          without: (now) => ({ ...now, minEngagement: undefined }),
        },
      ];
}

function formatRange(min: number | undefined, max: number | undefined): string {
  if (max === undefined) {
    return `From ${formatFollowers(min ?? 0)} followers`;
  }

  return min === undefined ? `Up to ${formatFollowers(max)} followers` : `${formatFollowers(min)} to ${formatFollowers(max)} followers`;
}

function isIn(filters: Filters, name: ListFilter, value: string): boolean {
  return (filters[name] as readonly string[]).includes(value);
}
