import { expect, it } from 'vitest';
import { matches } from './search';

const member = { displayName: 'Zoë de Çelik', handle: 'trail.zoe', organisation: 'Nordlys & Fjell' };

it.each(['', '  ', 'zoe', 'Zoë cel', 'celik DE', 'trail', 'nord fje', '@trail.z'])('finds a member by "%s"', (search) => {
  expect(matches(member, search)).toBe(true);
});

it.each(['oe', 'elik', 'zoe x', 'rail'])('does not find a member by "%s"', (search) => {
  expect(matches(member, search)).toBe(false);
});

it('finds names in any script', () => {
  expect(matches({ displayName: 'منى سليم' }, 'سل')).toBe(true);
  expect(matches({ displayName: 'Θανάσης Κωνσταντίνου' }, 'κωνστ')).toBe(true);
});
