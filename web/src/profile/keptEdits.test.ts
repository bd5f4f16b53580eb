import { afterEach, describe, expect, it } from 'vitest';
import { draftKey } from '@/session/drafts';
import { aProfile } from '@/testing/samples';
import { differences } from './differences';
import { draftOf, type ProfileDraft } from './draft';
import { keepEdits, readKeptEdits } from './keptEdits';

const key = draftKey('mira', 'profile');

describe('unsaved edits', () => {
  afterEach(() => localStorage.clear());

  it('survive a reload, with the ETag they are based on', () => {
    const kept = { etag: '"1"', draft: { ...draftOf(aProfile()), bio: 'New' } };
    keepEdits(key, kept);
    expect(readKeptEdits(key, aProfile())).toEqual(kept);

    keepEdits(key, undefined);
    expect(readKeptEdits(key, aProfile())).toBeUndefined();
  });

  it('of an older page are read if possible, and ignored otherwise', () => {
    localStorage.setItem(key, '{"etag":"\\"1\\"","draft":{"bio":"Old"}}');
    expect(readKeptEdits(key, aProfile())?.draft).toEqual({ ...draftOf(aProfile()), bio: 'Old' });

    localStorage.setItem(key, '{"draft":{"tags":"hiking"}}');
    expect(readKeptEdits(key, aProfile())).toBeUndefined();

    localStorage.setItem(key, 'no JSON');
    expect(readKeptEdits(key, aProfile())).toBeUndefined();
  });
});

it('describes the differences between the edits and the saved profile, field by field', () => {
  const mine: ProfileDraft = {
    ...draftOf(aProfile()),
    ...{ headline: 'Mine', languages: ['en'], openTo: ['paid', 'event'], availableFrom: '2026-12-01' },
    rateFrom: { amount: '250', currency: 'EUR' },
  };
  const theirs = { ...draftOf(aProfile()), headline: 'Theirs', platforms: [] };
  expect(differences(theirs, mine)).toEqual([
    { field: 'headline', label: 'Headline', theirs: 'Theirs', mine: 'Mine' },
    { field: 'platforms', label: 'Platforms', theirs: '', mine: 'Instagram miralund https://instagram.com/miralund 52000 followers 3.4%' },
    { field: 'openTo', label: 'Open to', theirs: '', mine: 'Paid, Events' },
    { field: 'rateFrom', label: 'From how much', theirs: '', mine: '250 EUR' },
    { field: 'availableFrom', label: 'Available from', theirs: '', mine: '1 Dec 2026' },
    { field: 'languages', label: 'Languages that you publish in', theirs: expect.stringContaining('English') as string, mine: 'English' },
  ]);
});
