import { render } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Card } from '@/api/types';
import { aCard } from '@/testing/samples';
import { CardTerms } from './CardTerms';

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-22T10:00:00') });
});
afterEach(() => {
  vi.useRealTimers();
});

/** The lines of a card, each with its values. */
function linesOf(terms: Partial<Card>) {
  const { container } = render(<CardTerms of={aCard(terms)} />);
  return Array.from(container.querySelectorAll('dl > div'), (line) => [
    line.querySelector('dt')?.textContent,
    ...Array.from(line.querySelectorAll('dd > span'), (value) => value.textContent),
  ]);
}

it('are what a creator makes, for what and from how much, what is paid first', () => {
  expect(
    linesOf({
      formats: ['post', 'story', 'live', 'video', 'written'],
      openTo: ['gifted', 'paid', 'event'],
      rateFrom: { amount: 1_500, currency: 'EUR' },
    }),
  ).toEqual([
    ['Makes', 'Posts', 'Stories', 'Live streams', '+2'],
    ['Open to', 'Paid from €1,500', 'Gifted', 'Events'],
  ]);
});

it('name a price without saying for what, and what is paid without a price', () => {
  expect(linesOf({ openTo: ['affiliate'], rateFrom: { amount: 200, currency: 'EUR' } })).toEqual([['Open to', 'From €200', 'Affiliate']]);
  expect(linesOf({ openTo: ['affiliate', 'paid'] })).toEqual([['Open to', 'Paid', 'Affiliate']]);
});

it('say from when a creator is available while that is to come', () => {
  expect(linesOf({ availableFrom: '2026-11-23' })).toEqual([['Available', 'From 23 Nov 2026']]);
  expect(linesOf({ availableFrom: '2026-11-22' })).toEqual([]);
});

it('say within which time somebody usually answers', () => {
  expect(linesOf({ answersWithin: 'three-days' })).toEqual([['Answers', 'within three days']]);
});

it('are nothing where a creator says nothing', () => {
  expect(render(<CardTerms of={aCard({})} />).container.childElementCount).toBe(0);
  expect(linesOf({ openTo: [], formats: [] })).toEqual([]);
});
