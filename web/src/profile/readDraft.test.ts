import { describe, expect, it } from 'vitest';
import type { Profile } from '@/api/types';
import { aProfile } from '@/testing/samples';
import { anotherPlatform, draftOf, type ProfileDraft } from './draft';
import { readDraft } from './readDraft';

const read = (edits: Partial<ProfileDraft>, before: Profile = aProfile()) => readDraft({ ...draftOf(before), ...edits }, before);
const changeOf = (edits: Partial<ProfileDraft>, before?: Profile) => {
  const answer = read(edits, before);
  return 'change' in answer ? answer.change : undefined;
};
const errorsOf = (edits: Partial<ProfileDraft>, before?: Profile) => {
  const answer = read(edits, before);
  return 'errors' in answer ? answer.errors : undefined;
};

describe('a profile draft', () => {
  it('gives the same profile if nothing was edited', () => {
    const { id, kind, ...rest } = aProfile();
    expect([id, kind]).toEqual(['mira', 'creator']);
    expect(changeOf({})).toEqual(rest);
  });

  it('keeps every word on what to expect, those of the other kind of member too', () => {
    const terms = {
      openTo: ['paid'],
      formats: ['story'],
      rateFrom: { amount: 250, currency: 'EUR' },
      leadTime: 0,
      availableFrom: '2026-12-01',
      expects: 'A brief.',
      offers: ['gifted'],
      about: 'We answer.',
    } satisfies Partial<Profile>;
    expect(changeOf({ displayName: 'Mira' }, aProfile(terms))).toMatchObject(terms);
  });

  it('reads an amount and days as people type them, and takes away what was cleared', () => {
    const edits = { rateFrom: { amount: '1,200', currency: 'SEK' }, leadTime: ' 14 ' };
    expect(changeOf(edits)).toMatchObject({ rateFrom: { amount: 1_200, currency: 'SEK' }, leadTime: 14 });

    const before = aProfile({ rateFrom: { amount: 250, currency: 'EUR' }, leadTime: 14, openTo: ['paid'], expects: 'A brief.' });
    const cleared = changeOf({ rateFrom: { amount: '', currency: 'EUR' }, leadTime: '', openTo: [], expects: ' ' }, before);
    expect(Object.keys(cleared ?? {})).toEqual(expect.not.arrayContaining(['rateFrom', 'leadTime', 'openTo', 'expects']));
    expect(cleared).toBeDefined();
  });

  it.each([
    [{ amount: '250', currency: '' }, ['rateFrom.currency']],
    [{ amount: '', currency: 'EUR' }, ['rateFrom.amount']],
    [{ amount: '0', currency: 'EUR' }, ['rateFrom.amount']],
    [{ amount: 'a lot', currency: '' }, ['rateFrom.amount', 'rateFrom.currency']],
  ])('reports what is missing of the amount %j', (rateFrom, fields) => {
    expect(Object.keys(errorsOf({ rateFrom }) ?? {})).toEqual(fields);
  });

  it('reports a lead time that is no number of days', () => {
    expect(Object.keys(errorsOf({ leadTime: 'two weeks' }) ?? {})).toEqual(['leadTime']);
  });

  it('keeps numbers exact if they were not edited', () => {
    const before = aProfile({ platforms: [{ name: 'x', handle: 'm', followers: 9_999_999_999, engagement: 0.034567 }] });
    expect(changeOf({ displayName: 'Mira' }, before)?.platforms?.[0]).toMatchObject({ followers: 9_999_999_999, engagement: 0.034567 });
  });

  it('leaves out empty fields', () => {
    expect(changeOf({ bio: '  ', website: '' })).not.toHaveProperty('bio');
    expect(changeOf({ website: '' })).not.toHaveProperty('website');
  });

  it('accepts numbers with separators, a handle with @ and an address without https', () => {
    const [platform] = draftOf(aProfile()).platforms;
    const platforms = platform ? [{ ...platform, handle: '@mira', followers: '1,250,000', engagement: '3,4 %' }] : [];
    expect(changeOf({ handle: '@mira', website: 'example.com/mira', platforms })).toMatchObject({
      handle: 'mira',
      website: 'https://example.com/mira',
      platforms: [{ handle: 'mira', followers: 1_250_000, engagement: 0.034 }],
    });
  });

  it('leaves an address with another scheme to the server', () => {
    expect(changeOf({ website: 'http://example.com' })?.website).toBe('http://example.com');
    expect(changeOf({ website: 'me@example.com' })?.website).toBe('me@example.com');
  });

  it('reports each invalid field by the server’s name for it', () => {
    const platforms = draftOf(aProfile()).platforms;
    const added = { ...anotherPlatform(platforms), followers: 'many', engagement: '340' };
    expect(Object.keys(errorsOf({ displayName: ' ', platforms: [...platforms, added] }) ?? {}).sort()).toEqual([
      'displayName',
      'platforms[1].engagement',
      'platforms[1].followers',
      'platforms[1].handle',
      'platforms[1].name',
    ]);
  });

  it('reports what a listed creator lacks, and requires nothing of other members', () => {
    const lacking = { handle: '', headline: ' ', categories: [], platforms: [] };
    expect(Object.keys(errorsOf(lacking) ?? {})).toEqual(['handle', 'headline', 'categories', 'platforms']);
    expect(errorsOf({ ...lacking, listed: false })).toBeUndefined();
    expect(errorsOf(lacking, aProfile({ kind: 'brand' }))).toBeUndefined();
  });
});
