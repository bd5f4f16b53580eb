import { expect, it } from 'vitest';
import { foundParts, matches } from './search';

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

// From tests/functions/Members/SearchWordsTests.cs.
it.each([
  ['Łódź', 'lodz'],
  ['Straße', 'strasse'],
  ['Æsop', 'aesop'],
  ['Đặng', 'dang'],
  ['İstanbul', 'istanbul'],
  ['Işık', 'isik'],
  ['Ωμέγας', 'ωμεγασ'],
  ['Ёлка', 'елка'],
  ['Ｓｏｐｈｉｅ９', 'sophie9'],
  ['𝓢𝓸𝓹𝓱𝓲𝓮', 'sophie'],
  ['مُحَمَّد', 'محمد'],
  ['हिन्दी', 'हिन्दी'],
  ['한국', '한국'],
  ['김민수', '민수'],
  ['王小明', '小明'],
  ['٢٤', '24'],
  ['२४', '24'],
  ["O'Brien", 'obrien'],
  ['Ann-Marie', 'annmarie'],
  ['Hawaiʻi', 'i'],
  ['Müller', 'mueller'],
  ['Müller', 'muller'],
  ['Mueller', 'müller'],
  ['Åse', 'aase'],
])('finds "%s" by "%s", as Explore does', (displayName, search) => {
  expect(matches({ displayName }, search)).toBe(true);
});

it.each([
  ['aut', 'Does Autumn work?', 'Does [Aut]umn work?'],
  ['aut wo', 'Does Autumn work?', 'Does [Aut]umn [wo]rk?'],
  ['creme', 'Crème brûlée', '[Crème] brûlée'],
  ['mueller', 'Herr Müller!', 'Herr [Müller]!'],
  ['strass', 'Hauptstraße, Straße 5', 'Hauptstraße, [Straße] 5'],
  ['examplecom', 'See example.com, please', 'See [example.com], please'],
  ['小明', '王小明好', '王[小明]好'],
  ['umn', 'Autumn', 'Autumn'],
  ['', 'Autumn', 'Autumn'],
  ['!!', 'Autumn', 'Autumn'],
])('marks "%s" in "%s"', (search, text, expected) => {
  const parts = foundParts(search, text);
  expect(parts.map((part) => (part.isFound ? `[${part.text}]` : part.text)).join('')).toBe(expected);
});
