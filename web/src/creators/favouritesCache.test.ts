import { QueryClient } from '@tanstack/react-query';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Pages, rows } from '@/api/pages';
import { keys } from '@/api/queries';
import type { CallersCard } from '@/api/types';
import { aCard } from '@/testing/samples';
import { dropUnmarked, showFavourite } from './favouritesCache';

describe('a heart', () => {
  let cache: QueryClient;
  const hearts = (queryKey: readonly unknown[]) =>
    rows(cache.getQueryData<Pages<CallersCard>>(queryKey)).map((card) => `${card.id} ${card.favourite}`);

  beforeEach(() => {
    cache = new QueryClient();
    cache.setQueryData(keys.creators({}), {
      pages: [{ value: [aCard(), aCard({ id: 'ole', favourite: true })] }],
      pageParams: [undefined],
    });
    cache.setQueryData(keys.favourites, { pages: [{ value: [aCard({ id: 'ole', favourite: true })] }], pageParams: [undefined] });
  });

  it('is filled on every card, and adds the creator once at the top of the favourites', () => {
    showFavourite(cache, aCard(), true);
    showFavourite(cache, aCard(), true);
    expect(hearts(keys.creators({}))).toEqual(['mira true', 'ole true']);
    expect(hearts(keys.favourites)).toEqual(['mira true', 'ole true']);
  });

  it('that is emptied leaves the card in place until the page is left', () => {
    showFavourite(cache, aCard({ id: 'ole' }), false);
    expect(hearts(keys.creators({}))).toEqual(['mira false', 'ole false']);
    expect(hearts(keys.favourites)).toEqual(['ole false']);

    dropUnmarked(cache);
    expect(hearts(keys.favourites)).toEqual([]);
  });

  it('does not create a list of favourites that was not read', () => {
    cache.removeQueries({ queryKey: keys.favourites });
    showFavourite(cache, aCard(), true);
    expect(cache.getQueryData(keys.favourites)).toBeUndefined();
  });
});
