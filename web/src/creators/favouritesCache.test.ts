import { QueryClient } from '@tanstack/react-query';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Pages, rows } from '@/api/pages';
import { createQueryClient, keys } from '@/api/queries';
import type { CallersCard, Creator } from '@/api/types';
import { aCard, aProfile } from '@/testing/samples';
import { dropUnmarked, showFavourite, showPutAway } from './favouritesCache';

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

describe('a creator who is put away', () => {
  const mira = aCard({ id: 'mira' });
  const ole = aCard({ id: 'ole' });
  const pagesOf = (...value: readonly CallersCard[]): Pages<CallersCard> => ({ pages: [{ value }], pageParams: [undefined] });

  function showing() {
    const cache = createQueryClient();
    cache.setQueryData(keys.creators({ q: 'mira' }), pagesOf(mira, ole));
    cache.setQueryData(keys.favourites, pagesOf(mira));
    cache.setQueryData(keys.dismissed, pagesOf());
    cache.setQueryData<Creator>(keys.creator('mira'), { ...aProfile({ id: 'mira' }), ...mira });
    const idsOf = (key: readonly unknown[]) =>
      rows(cache.getQueryData<Pages<CallersCard>>(key)).map(({ id, dismissed }) => [id, dismissed]);
    return { cache, idsOf };
  }

  it('leaves every search, and is shown as put away everywhere else', () => {
    const { cache, idsOf } = showing();
    showPutAway(cache, mira, true);

    expect(idsOf(keys.creators({ q: 'mira' }))).toEqual([['ole', undefined]]);
    expect(idsOf(keys.favourites)).toEqual([['mira', true]]);
    expect(idsOf(keys.dismissed)).toEqual([['mira', true]]);
    expect(cache.getQueryData<Creator>(keys.creator('mira'))?.dismissed).toBe(true);
  });

  it('twice is listed once, and is as before when taken back', () => {
    const { cache, idsOf } = showing();
    showPutAway(cache, mira, true);
    showPutAway(cache, mira, true);
    expect(idsOf(keys.dismissed)).toEqual([['mira', true]]);

    showPutAway(cache, mira, false);
    expect(idsOf(keys.dismissed)).toEqual([]);
    expect(idsOf(keys.favourites)).toEqual([['mira', undefined]]);
    expect(cache.getQueryData<Creator>(keys.creator('mira'))).not.toHaveProperty('dismissed');
  });
});
