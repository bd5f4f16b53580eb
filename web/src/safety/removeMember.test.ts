import { QueryClient } from '@tanstack/react-query';
import { expect, it } from 'vitest';
import { type Pages, rows } from '@/api/pages';
import { keys } from '@/api/queries';
import type { CallersCard, Contact } from '@/api/types';
import { aCard, aContact } from '@/testing/samples';
import { removeMember } from './removeMember';

function pages<T>(...value: T[]): Pages<T> {
  return { pages: [{ value }], pageParams: [undefined] };
}

it('removes a blocked member from every page, and leaves the others', () => {
  const cache = new QueryClient();
  const ole = aCard({ id: 'ole' });
  cache.setQueryData(keys.creators({ q: 'a' }), pages(aCard(), ole));
  cache.setQueryData(keys.creators({}), pages(ole, aCard()));
  cache.setQueryData(keys.favourites, pages(aCard()));
  cache.setQueryData(keys.invites('sent'), pages(aContact(), aContact({ id: 'c2', other: ole })));
  cache.setQueryData(keys.connections, pages(aContact({ state: 'connected' })));
  cache.setQueryData(keys.creator('mira'), aCard());
  cache.setQueryData(keys.creator('ole'), ole);
  cache.setQueryData(keys.connection('c1'), aContact({ state: 'connected' }));
  cache.setQueryData(keys.connection('c2'), aContact({ id: 'c2', other: ole }));
  cache.setQueryData(keys.messages('c1'), ['a message']);

  removeMember(cache, 'mira');

  const cards = (queryKey: readonly unknown[]) => rows(cache.getQueryData<Pages<CallersCard>>(queryKey)).map(({ id }) => id);
  const contacts = (queryKey: readonly unknown[]) => rows(cache.getQueryData<Pages<Contact>>(queryKey)).map(({ id }) => id);
  expect([cards(keys.creators({ q: 'a' })), cards(keys.creators({})), cards(keys.favourites)]).toEqual([['ole'], ['ole'], []]);
  expect([contacts(keys.invites('sent')), contacts(keys.connections)]).toEqual([['c2'], []]);
  const left = [keys.creator('mira'), keys.connection('c1'), keys.messages('c1')].map((queryKey) => cache.getQueryData(queryKey));
  expect(left).toEqual([undefined, undefined, undefined]);
  expect(cache.getQueryData(keys.creator('ole'))).toBe(ole);
  expect(cache.getQueryData<Contact>(keys.connection('c2'))?.id).toBe('c2');
});
