import type { InfiniteData } from '@tanstack/react-query';
import type { Api } from './client';
import type { Page } from './types';

/** A list as the query cache holds it: the pages read so far. */
export type Pages<T> = InfiniteData<Page<T>>;

/** What the infinite queries of all lists share: `first` reads the first page, and `nextLink` leads to each further one. */
export function paged<T>(api: Api, first: (signal: AbortSignal) => Promise<Page<T>>) {
  return {
    queryFn: ({ pageParam, signal }: { readonly pageParam: string | undefined; readonly signal: AbortSignal }) =>
      pageParam === undefined ? first(signal) : api.follow<T>(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: Page<T>) => page.nextLink,
  };
}

/** The rows of the pages read so far. */
export function rows<T>(pages: Pages<T> | undefined): readonly T[] {
  return pages?.pages.flatMap((page) => page.value) ?? [];
}

/** The same pages with each row changed; the same object if no row changed. */
export function mapRows<T>(pages: Pages<T>, change: (row: T) => T): Pages<T> {
  const next = pages.pages.map((page) => ({ ...page, value: page.value.map(change) }));
  const same = next.every((page, i) => page.value.every((row, j) => row === pages.pages[i]?.value[j]));
  return same ? pages : { ...pages, pages: next };
}

/** The same pages without the rows for which `drop` is true. */
export function withoutRows<T>(pages: Pages<T>, drop: (row: T) => boolean): Pages<T> {
  return pages.pages.some((page) => page.value.some(drop))
    ? { ...pages, pages: pages.pages.map((page) => ({ ...page, value: page.value.filter((row) => !drop(row)) })) }
    : pages;
}

/** The same pages with a row added at the front. */
export function withFirst<T>(pages: Pages<T>, row: T): Pages<T> {
  const [first, ...others] = pages.pages;
  return first ? { ...pages, pages: [{ ...first, value: [row, ...first.value] }, ...others] } : pages;
}
