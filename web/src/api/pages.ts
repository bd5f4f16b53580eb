import type { InfiniteData } from '@tanstack/react-query';
import type { Page } from './types';

type Paged<T> = InfiniteData<Page<T>>;

/** The same pages with each row changed; the same object when no row was. */
export function mapRows<T>(pages: Paged<T>, change: (row: T) => T): Paged<T> {
  const next = pages.pages.map((page) => ({ ...page, value: page.value.map(change) }));
  const same = next.every((page, i) => page.value.every((row, j) => row === pages.pages[i]?.value[j]));
  return same ? pages : { ...pages, pages: next };
}

/** The same pages without the rows for which `drop` holds. */
export function withoutRows<T>(pages: Paged<T>, drop: (row: T) => boolean): Paged<T> {
  return pages.pages.some((page) => page.value.some(drop))
    ? { ...pages, pages: pages.pages.map((page) => ({ ...page, value: page.value.filter((row) => !drop(row)) })) }
    : pages;
}

/** The same pages with a row before all others. */
export function withFirst<T>(pages: Paged<T>, row: T): Paged<T> {
  const [first, ...others] = pages.pages;
  return first ? { ...pages, pages: [{ ...first, value: [row, ...first.value] }, ...others] } : pages;
}
