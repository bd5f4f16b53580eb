import { expect, it } from 'vitest';
import { type Pages, rows } from '@/api/pages';
import { createQueryClient, keys } from '@/api/queries';
import type { CallersCard, Creator } from '@/api/types';
import { aCard, aProfile } from '@/testing/samples';
import { showPutAway } from './usePutAway';

const mira = aCard({ id: 'mira' });
const ole = aCard({ id: 'ole' });
const pagesOf = (...value: readonly CallersCard[]): Pages<CallersCard> => ({ pages: [{ value }], pageParams: [undefined] });

function showing() {
  const cache = createQueryClient();
  cache.setQueryData(keys.creators({ q: 'mira' }), pagesOf(mira, ole));
  cache.setQueryData(keys.favourites, pagesOf(mira));
  cache.setQueryData(keys.dismissed, pagesOf());
  cache.setQueryData<Creator>(keys.creator('mira'), { ...aProfile({ id: 'mira' }), ...mira });
  const idsOf = (key: readonly unknown[]) => rows(cache.getQueryData<Pages<CallersCard>>(key)).map(({ id, dismissed }) => [id, dismissed]);
  return { cache, idsOf };
}

it('takes a creator out of every search, and shows that they are put away everywhere else', () => {
  const { cache, idsOf } = showing();
  showPutAway(cache, mira, true);

  expect(idsOf(keys.creators({ q: 'mira' }))).toEqual([['ole', undefined]]);
  expect(idsOf(keys.favourites)).toEqual([['mira', true]]);
  expect(idsOf(keys.dismissed)).toEqual([['mira', true]]);
  expect(cache.getQueryData<Creator>(keys.creator('mira'))?.dismissed).toBe(true);
});

it('lists a creator who is put away twice once, and shows who is taken back as before', () => {
  const { cache, idsOf } = showing();
  showPutAway(cache, mira, true);
  showPutAway(cache, mira, true);
  expect(idsOf(keys.dismissed)).toEqual([['mira', true]]);

  showPutAway(cache, mira, false);
  expect(idsOf(keys.dismissed)).toEqual([]);
  expect(idsOf(keys.favourites)).toEqual([['mira', undefined]]);
  expect(cache.getQueryData<Creator>(keys.creator('mira'))).not.toHaveProperty('dismissed');
});
