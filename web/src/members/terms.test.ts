import { expect, it } from 'vitest';
import type { Format } from '@/api/types';
import { formatAvailability, formatLeadTime, formatName, formatRate } from './terms';

it('writes an amount with its currency, without cents', () => {
  const amounts = [
    { amount: 250, currency: 'EUR' },
    { amount: 1200, currency: 'USD' },
    { amount: 80_000, currency: 'JPY' },
  ];
  expect(amounts.map(formatRate)).toEqual(['€250', 'US$1,200', 'JP¥80,000']);
});

it('writes an amount in a currency that the browser does not know', () => {
  expect(formatRate({ amount: 5, currency: 'QQQ' })).toBe('QQQ\u00A05');
});

it('writes a lead time in days', () => {
  expect([0, 1, 14].map(formatLeadTime)).toEqual(['The same day', '1 day', '14 days']);
});

it('says from when somebody is available, or that they are', () => {
  const now = Date.parse('2026-12-01T12:00');
  expect(['2026-11-30', '2026-12-01', '2026-12-02'].map((day) => formatAvailability(day, now))).toEqual(['Now', 'Now', 'From 2 Dec 2026']);
});

it('shows a format that is newer than this page by its word', () => {
  expect([formatName('short-video'), formatName('hologram' as Format)]).toEqual(['Short videos', 'Hologram']);
});
