import { expect, it } from 'vitest';
import type { Decline } from '@/api/types';
import { aContact } from '@/testing/samples';
import { askAgainFrom, declinedBecause, isDayToAskAgain } from './declining';

const declinedBy = (declined: Decline | undefined, direction: 'sent' | 'received' = 'sent') =>
  aContact({ state: 'declined', direction, ...(declined && { declined }), until: '2027-03-01T00:00:00.000Z' });

it('takes a day after today, within a year', () => {
  const now = Date.parse('2026-11-28T22:00:00.000Z');
  const days = ['2026-11-28', '2026-11-29', '2027-11-28', '2027-11-29', '20270-01-01'];
  expect(days.map((day) => isDayToAskAgain(day, now))).toEqual([false, true, true, false, false]);
});

it('says why to the inviter, and back to whoever declined', () => {
  const why: Decline = { reason: 'not-now' };
  expect(declinedBecause(declinedBy(why))).toBe('They say: “Now is not the right time.”');
  expect(declinedBecause(declinedBy(why, 'received'))).toBe('You said: “Now is not the right time.”');
});

it('says nothing where no reason was given, and no more once they were invited again', () => {
  expect(declinedBecause(declinedBy(undefined))).toBeUndefined();
  expect(declinedBecause({ ...declinedBy({ reason: 'reward' }), state: 'pending' })).toBeUndefined();
});

it('reads a reason that is newer than this page as another one', () => {
  expect(declinedBecause(declinedBy({ reason: 'moon-phase' as Decline['reason'] }))).toBe('They have another reason.');
});

it('names the day that the other side chose, and the moment of the usual lock', () => {
  expect(askAgainFrom(declinedBy({ reason: 'not-now', until: '2027-03-01' }))).toBe('1 Mar 2027');
  expect(askAgainFrom(declinedBy({ reason: 'not-now' }))).toMatch(/^1 Mar 2027, \d\d:\d\d$/);
});
