import type { QueryClient } from '@tanstack/react-query';
import { type Pages, rows, withFirst, withoutRows } from '@/api/pages';
import { keys } from '@/api/queries';
import type { CallersCard, Creator } from '@/api/types';
import { forEachCard } from '@/contacts/contactsCache';

/**
 * Shows everywhere whether a creator is marked. One newly marked comes first among the favourites; one no longer marked stays there
 * with an empty heart, so that it can be marked again, until `dropUnmarked`.
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

/** Leaves out of the favourites those that are no longer marked. */
export function dropUnmarked(cache: QueryClient): void {
  cache.setQueryData<Pages<CallersCard>>(keys.favourites, (pages) => pages && withoutRows(pages, ({ favourite }) => !favourite));
}
