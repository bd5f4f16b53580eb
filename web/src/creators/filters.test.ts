import { describe, expect, it } from 'vitest';
import { noFilters, queryOf, readFilters, toggled, writeFilters } from './filters';

const read = (address: string) => readFilters(new URLSearchParams(address));

describe('filters in an address', () => {
  it('can be written and read back', () => {
    const address =
      'q=mira+trav&category=travel&category=outdoors&platform=youtube&country=GB&language=pt-BR&minFollowers=1000&maxFollowers=50000&minEngagement=0.034&sort=newest';
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

  it.each([
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
