import type { QueryClient } from '@tanstack/react-query';
import { type Pages, rows, withFirst, withoutRows } from '@/api/pages';
import { keys } from '@/api/queries';
import type { CallersCard, Creator } from '@/api/types';
import { forEachCard } from '@/contacts/contactsCache';

/**
 * Updates whether a creator is marked, everywhere. A new favourite goes to the top of the list. One that is unmarked stays there, so that
 * it can be marked again, until `dropUnmarked` is called.
 */
export function showFavourite(cache: QueryClient, creator: CallersCard, favourite: boolean): void {
  const change = <T extends CallersCard | Creator>(card: T): T =>
    card.id === creator.id && card.favourite !== favourite ? { ...card, favourite } : card;
  forEachCard(cache, change);
  cache.setQueryData<Creator>(keys.creator(creator.id), (shown) => shown && change(shown));
  if (favourite) {
    cache.setQueryData<Pages<CallersCard>>(keys.favourites, (pages) =>
      pages && !rows(pages).some(({ id }) => id === creator.id) ? withFirst(pages, { ...creator, favourite }) : pages,
    );
  }
}

/** Removes unmarked creators from the favourites. */
export function dropUnmarked(cache: QueryClient): void {
  cache.setQueryData<Pages<CallersCard>>(keys.favourites, (pages) => pages && withoutRows(pages, ({ favourite }) => !favourite));
}
