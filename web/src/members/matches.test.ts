import { expect, it } from 'vitest';
import { matches } from './matches';

const member = { displayName: 'Zoë de Vries', handle: 'trail.zoe', organisation: 'Nordlys Outdoor' };

it.each(['', 'zoe', 'Zoë vri', 'vries DE', 'trail', 'nord out', '@trail.z'])('finds a member by "%s"', (typed) => {
  expect(matches(member, typed)).toBe(true);
});

it.each(['oe', 'zoe x', 'rail'])('does not find one by "%s"', (typed) => {
  expect(matches(member, typed)).toBe(false);
});

it('finds names in any script', () => {
  expect(matches({ displayName: 'منى سليم' }, 'سل')).toBe(true);
  expect(matches({ displayName: 'Θανάσης Κωνσταντίνου' }, 'κωνστ')).toBe(true);
});
