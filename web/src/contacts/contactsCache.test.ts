import { QueryClient } from '@tanstack/react-query';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Pages, rows } from '@/api/pages';
import { keys } from '@/api/queries';
import type { CallersCard, Contact } from '@/api/types';
import { aCard, aContact } from '@/testing/samples';
import { showContact } from './contactsCache';

function pages<T>(...value: T[]): Pages<T> {
  return { pages: [{ value }], pageParams: [undefined] };
}

describe('a connection that changed', () => {
  let cache: QueryClient;
  const shown = (queryKey: readonly unknown[]) => rows(cache.getQueryData<Pages<Contact>>(queryKey)).map((row) => row.id);

  beforeEach(() => {
    cache = new QueryClient();
    cache.setQueryData(keys.creators({ q: 'mi' }), pages(aCard(), aCard({ id: 'ole' })));
    cache.setQueryData(keys.invites('sent'), pages<Contact>());
    cache.setQueryData(keys.invites('received'), pages<Contact>());
    cache.setQueryData(keys.connections, pages(aContact({ id: 'c9', state: 'connected', answeredAt: '2026-11-20T00:00:00.000Z' })));
  });

  it('turns the + on its card into a clock, and the clock into a chat', () => {
    const relation = () => rows(cache.getQueryData<Pages<CallersCard>>(keys.creators({ q: 'mi' }))).map((card) => card.relation.state);

    showContact(cache, aContact());
    expect(relation()).toEqual(['invited', 'none']);

    showContact(cache, aContact({ state: 'connected', answeredAt: '2026-11-22T10:00:00.000Z' }));
    expect(relation()).toEqual(['connected', 'none']);
  });

  it('is listed once among the invites of its direction, with its outcome', () => {
    showContact(cache, aContact());
    showContact(cache, aContact());
    expect(shown(keys.invites('sent'))).toEqual(['c1']);
    expect(shown(keys.invites('received'))).toEqual([]);

    showContact(cache, aContact({ state: 'declined' }));
    expect(rows(cache.getQueryData<Pages<Contact>>(keys.invites('sent')))[0]?.state).toBe('declined');

    showContact(cache, aContact({ state: 'revoked' }));
    expect(rows(cache.getQueryData<Pages<Contact>>(keys.invites('sent')))[0]?.state).toBe('revoked');
    showContact(cache, aContact({ state: 'removed' }));
    expect(shown(keys.invites('sent'))).toEqual([]);
  });

  it('is not listed any more for the receiver of an invite that was revoked', () => {
    showContact(cache, aContact({ direction: 'received' }));
    expect(shown(keys.invites('received'))).toEqual(['c1']);
    showContact(cache, aContact({ direction: 'received', state: 'revoked' }));
    expect(shown(keys.invites('received'))).toEqual([]);
  });

  it('moves to the ended connections when it ends, stays there through a new invite, and leaves them when the two connect again', () => {
    const endedAt = '2026-11-23T00:00:00.000Z';
    cache.setQueryData(keys.ended, pages<Contact>());
    showContact(cache, aContact({ id: 'c9', state: 'removed', endedAt }));
    showContact(cache, aContact({ id: 'c9', state: 'pending', endedAt }));
    expect([shown(keys.connections), shown(keys.ended)]).toEqual([[], ['c9']]);

    showContact(cache, aContact({ id: 'c9', state: 'connected' }));
    expect([shown(keys.connections), shown(keys.ended)]).toEqual([['c9'], []]);

    showContact(cache, aContact({ id: 'c9', state: 'removed', endedAt, blocked: true }));
    expect(shown(keys.ended)).toEqual([]);
  });

  it('is added at the top of the connections, and removed when it ends', () => {
    showContact(cache, aContact({ state: 'connected', answeredAt: '2026-11-22T10:00:00.000Z' }));
    expect(shown(keys.connections)).toEqual(['c1', 'c9']);

    showContact(cache, aContact({ state: 'removed' }));
    expect(shown(keys.connections)).toEqual(['c9']);
  });

  it('keeps its place among the connections without a new message', () => {
    showContact(cache, aContact({ state: 'connected', answeredAt: '2026-11-22T10:00:00.000Z' }));
    showContact(cache, aContact({ id: 'c9', state: 'connected', answeredAt: '2026-11-20T00:00:00.000Z', otherReadSeq: 4 }));
    expect(shown(keys.connections)).toEqual(['c1', 'c9']);
  });
});
