import { formatEngagement, formatFollowers, formatList } from '@/members/names';
import { formatCalendarDay } from '@/members/terms';
import { texts } from '@/texts/texts';
import { type Filters, type ListFilter, listFilters, noFilters, toggled } from './filters';
import { valueName } from './useFacets';

const said = texts.creators;

/** A filter with values to choose from. */
export type FilterKind = ListFilter | 'available' | 'followers' | 'engagement';

/** Every filter with values, in the order of the page. */
export const filterKinds: readonly FilterKind[] = [...listFilters, 'available', 'followers', 'engagement'];

/** The filters' names. */
export const filterNames: Readonly<Record<FilterKind, string>> = said.filterNames;

/** A filter in use, and how to remove it. */
export interface ActiveFilter {
  readonly id: string;
  /** `text` is the search box. */
  readonly of: FilterKind | 'relation' | 'text';
  readonly label: string;
  /** Of a filter by platform. */
  readonly platform?: string;
  readonly without: (filters: Filters) => Filters;
}

/** All filters in use except the text, one by one. */
export function activeFilters(filters: Filters): readonly ActiveFilter[] {
  const lists = listFilters.flatMap((name) =>
    filters[name].map((value): ActiveFilter => ({
      id: `${name} ${value}`,
      of: name,
      label: valueName(name, value),
      ...(name === 'platform' && { platform: value }),
      without: (now) => (isIn(now, name, value) ? toggled(now, name, value) : now),
    })),
  );
  return [...lists, ...available(filters), ...followers(filters), ...engagement(filters), ...relation(filters)];
}

/** The filters that can be removed on their own: each kind as a whole, and single words of the text. The most restrictive come first. */
export function relaxations(filters: Filters): readonly ActiveFilter[] {
  const lists = listFilters
    .filter((name) => filters[name].length > 0)
    .map((name): ActiveFilter => ({
      id: name,
      of: name,
      label: said.filterValues(filterNames[name], formatList(filters[name].map((value) => valueName(name, value)))),
      without: (now) => ({ ...now, [name]: [] }),
    }));
  return [
    ...text(filters),
    ...available(filters),
    ...engagement(filters),
    ...followers(filters),
    ...lists.toReversed(),
    ...relation(filters),
  ];
}

/** No filters, in the same sort order. */
export function cleared(filters: Filters): Filters {
  return { ...noFilters, sort: filters.sort };
}

/** How many values of one kind of filter are selected. */
export function chosenIn(filters: Filters, of: FilterKind): number {
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
          label: said.filterWord(word),
          without: (now) => ({ ...now, q: words.toSpliced(i, 1).join(' ') }),
        }));
  const whole: readonly ActiveFilter[] =
    words.length === 0 ? [] : [{ id: 'text', of: 'text', label: said.filterWord(q), without: (now) => ({ ...now, q: '' }) }];
  return [...each.toReversed().slice(0, 2), ...whole];
}

function available({ available: day }: Filters): readonly ActiveFilter[] {
  return day === undefined
    ? []
    : [
        {
          id: 'available',
          of: 'available',
          label: day === 'now' ? said.availableNow : said.availableOn(formatCalendarDay(day)),
          without: (now) => ({ ...now, available: undefined }),
        },
      ];
}

function relation({ relation: only }: Filters): readonly ActiveFilter[] {
  return only === undefined
    ? []
    : [{ id: 'relation', of: 'relation', label: said.onlyNew, without: (now) => ({ ...now, relation: undefined }) }];
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
          label: said.engagementFrom(formatEngagement(min)),
          without: (now) => ({ ...now, minEngagement: undefined }),
        },
      ];
}

function formatRange(min: number | undefined, max: number | undefined): string {
  if (max === undefined) {
    return said.followersFrom(formatFollowers(min ?? 0));
  }

  return min === undefined ? said.followersUpTo(formatFollowers(max)) : said.followersRange(formatFollowers(min), formatFollowers(max));
}

function isIn(filters: Filters, name: ListFilter, value: string): boolean {
  return (filters[name] as readonly string[]).includes(value);
}
