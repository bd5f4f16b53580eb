import { describe, expect, it } from 'vitest';
import { noFilters, readFilters, writeFilters } from './filters';
import { activeFilters, cleared, relaxations } from './activeFilters';

const read = (address: string) => readFilters(new URLSearchParams(address));
const leftBy = (address: string) =>
  relaxations(read(address)).map(({ label, without }) => `${label} -> ${writeFilters(without(read(address))).toString()}`);

describe('the active filters', () => {
  it('are listed one by one, and each can be removed on its own', () => {
    const filters = read('q=mira&category=travel&category=art&country=GB&minFollowers=10000&maxFollowers=50000&minEngagement=0.034');
    expect(activeFilters(filters).map(({ label }) => label)).toEqual([
      'Travel',
      'Art',
      'United Kingdom',
      '10K to 50K followers',
      'Engagement from 3.4%',
    ]);
    const left = activeFilters(filters).reduce((now, { without }) => without(now), filters);
    expect(left).toEqual({ ...noFilters, q: 'mira' });
  });

  it('say for when and for what a creator is wanted', () => {
    const filters = read('format=short-video&openTo=paid&available=2099-12-01&relation=none');
    expect(activeFilters(filters).map(({ label }) => label)).toEqual([
      'Paid',
      'Short videos',
      'Available on 1 Dec 2099',
      'Not invited or connected yet',
    ]);
    expect(activeFilters(filters).reduce((now, { without }) => without(now), filters)).toEqual(noFilters);
    expect(activeFilters(read('available=now')).map(({ label }) => label)).toEqual(['Available now']);
  });

  it('can be removed twice without effect on others', () => {
    const filters = read('category=travel');
    const travel = activeFilters(filters)[0];
    expect(travel?.without(noFilters)).toEqual(noFilters);
  });

  it('are all cleared, except the sort order', () => {
    expect(cleared(read('q=mira&category=travel&sort=newest'))).toEqual(read('sort=newest'));
  });
});

describe('the relaxations of a search', () => {
  it('are each kind of filter as a whole', () => {
    expect(leftBy('category=travel&category=art&country=GB&minFollowers=10000')).toEqual([
      'From 10K followers -> category=travel&category=art&country=GB',
      'Country: United Kingdom -> category=travel&category=art&minFollowers=10000',
      'Category: Travel, Art -> country=GB&minFollowers=10000',
    ]);
  });

  it('are the day and those who are known too', () => {
    expect(leftBy('available=now&openTo=paid&openTo=event&relation=none')).toEqual([
      'Available now -> openTo=paid&openTo=event&relation=none',
      'Open to: Paid, Events -> available=now&relation=none',
      'Not invited or connected yet -> openTo=paid&openTo=event&available=now',
    ]);
  });

  it('are single words, the last first, before the whole text', () => {
    expect(leftBy('q=mira+slow+trvel')).toEqual(['“trvel” -> q=mira+slow', '“slow” -> q=mira+trvel', '“mira slow trvel” -> ']);
    expect(leftBy('q=mira&country=GB')).toEqual(['“mira” -> country=GB', 'Country: United Kingdom -> q=mira']);
  });
});
