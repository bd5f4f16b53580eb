import { describe, expect, it } from 'vitest';
import { aCard, aContact } from '../../testing/members';
import { named } from './named';

describe('a search among conversations', () => {
  const contacts = [
    aContact({ id: 'c1', other: aCard({ displayName: 'Zoë Çelik', handle: 'zo.walks' }) }),
    aContact({ id: 'c2', other: aCard({ displayName: 'Mira Lund', handle: 'mira', organisation: 'Fjell & Fjord' }) }),
  ];
  const found = (search: string) => named(contacts, search).map(({ id }) => id);

  it('goes by the beginnings of words, whatever their case and accents', () => {
    expect(found('zoe')).toEqual(['c1']);
    expect(found('CEL zo')).toEqual(['c1']);
    expect(found('elik')).toEqual([]);
  });

  it('goes by handle and organisation too', () => {
    expect(found('walks')).toEqual(['c1']);
    expect(found('fjord')).toEqual(['c2']);
  });

  it('shows all when nothing is searched for', () => {
    expect(found('  ')).toEqual(['c1', 'c2']);
  });
});
