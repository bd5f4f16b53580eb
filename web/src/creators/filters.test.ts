import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { noFilters, queryOf, readFilters, toggled, writeFilters } from './filters';

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-22T10:00:00') });
});
afterEach(() => {
  vi.useRealTimers();
});

const read = (address: string) => readFilters(new URLSearchParams(address));

describe('filters in an address', () => {
  it('can be written and read back', () => {
    const address =
      'q=mira+trav&category=travel&category=outdoors&platform=youtube&country=GB&language=pt-BR&openTo=paid&openTo=gifted&format=short-video&available=2026-12-01&relation=none&minFollowers=1000&maxFollowers=50000&minEngagement=0.034&sort=newest';
    expect(writeFilters(read(address)).toString()).toBe(address);
    expect(writeFilters(read('')).toString()).toBe('');
  });

  it('are read regardless of case, and without duplicates', () => {
    expect(read('category=Travel&category=travel&platform=TikTok&country=gb&language=PT-br')).toEqual({
      ...noFilters,
      category: ['travel'],
      platform: ['tiktok'],
      country: ['GB'],
      language: ['pt-BR'],
    });
  });

  it.each(['now', '2026-11-21', '2026-11-01'])('mean the day of the search by %s', (day) => {
    expect(read(`available=${day}`).available).toBe('now');
    expect(queryOf(read(`available=${day}`))).toEqual({ available: '2026-11-22' });
  });

  it.each([
    'openTo=barter&format=films',
    'available=tomorrow&available=2026-13-01',
    'available=2126-01-01',
    'available=01.12.2026',
    'relation=invited&relation=',
    'category=spaceships&category=',
    'platform=myspace',
    'country=England&country=XQ',
    'language=english&language=e&language=%00',
    'minFollowers=many&maxFollowers=-5',
    'minFollowers=0&maxFollowers=99999999999',
    'minEngagement=3.4%25',
    'minEngagement=2',
    'minEngagement=0',
    'sort=random',
    'q=+++',
    'utm_source=mail',
  ])('that are unknown or malformed are left out: %s', (address) => expect(read(address)).toEqual(noFilters));

  it('with a minimum above the maximum keep the minimum', () => {
    expect(read('minFollowers=5000&maxFollowers=10')).toEqual({ ...noFilters, minFollowers: 5000 });
  });

  it('respect the limits of the API', () => {
    const countries = [
      'AD',
      'AE',
      'AF',
      'AG',
      'AI',
      'AL',
      'AM',
      'AO',
      'AQ',
      'AR',
      'AS',
      'AT',
      'AU',
      'AW',
      'AX',
      'AZ',
      'BA',
      'BB',
      'BD',
      'BE',
      'BF',
    ];
    expect(read(countries.map((code) => `country=${code}`).join('&')).country).toEqual(countries.slice(0, 20));
    expect(Array.from(read(`q=${'😀'.repeat(101)}`).q)).toHaveLength(100);
  });
});

describe('the query for filters', () => {
  it('contains only the filters in use', () => {
    expect(queryOf(noFilters)).toEqual({});
  });

  it('does not depend on the order in which values were chosen', () => {
    expect(queryOf(read('category=travel&category=art'))).toEqual(queryOf(read('category=art&category=travel')));
  });
});

describe('a toggled value', () => {
  it('is added, and removed the second time', () => {
    const once = toggled(noFilters, 'country', 'GB');
    expect(once.country).toEqual(['GB']);
    expect(toggled(once, 'country', 'GB')).toEqual(noFilters);
  });
});
