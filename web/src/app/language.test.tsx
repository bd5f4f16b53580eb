import { render, screen } from '@testing-library/react';
import { cloneElement, Fragment, isValidElement, type ReactElement, type ReactNode } from 'react';
import { beforeEach, expect, it, vi } from 'vitest';
import type * as english from '@/texts/en';
import type * as englishAccount from '@/texts/en.account';
import type * as englishCreators from '@/texts/en.creators';
import type * as englishInvites from '@/texts/en.invites';
import type * as englishFiles from '@/texts/en.files';
import type * as englishMessenger from '@/texts/en.messenger';
import type * as englishSavedTexts from '@/texts/en.savedTexts';
import type * as englishSafety from '@/texts/en.safety';
import type { Profile } from '@/api/types';
import { aCard, aContact, aMessage, aProfile } from '@/testing/samples';
import { App } from './App';

/** A catalogue in no language: each Latin letter is a Cyrillic one. Numbers, dates and names of countries are Greek. */
function foreign<T>(value: T): T;
function foreign(value: unknown): unknown {
  if (typeof value === 'string') {
    return value.replace(/[a-z]/gi, (letter) => String.fromCharCode(0x410 + letter.charCodeAt(0) - 0x41));
  }

  if (typeof value === 'function') {
    return (...of: unknown[]) => foreign((value as (...of: unknown[]) => unknown)(...of));
  }

  if (isValidElement<{ children?: ReactNode }>(value)) {
    return cloneElement(value as ReactElement<{ children?: ReactNode }>, undefined, foreign(value.props.children));
  }

  return Array.isArray(value)
    ? value.map((item, i) => <Fragment key={i}>{foreign(item as ReactNode)}</Fragment>)
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, foreign(item as unknown)]))
      : value;
}

vi.mock('@/texts/en', async (original) => ({ en: { ...foreign((await original<typeof english>()).en), language: 'el' } }));
vi.mock('@/texts/en.account', async (original) => ({ enAccount: foreign((await original<typeof englishAccount>()).enAccount) }));
vi.mock('@/texts/en.creators', async (original) => ({ enCreators: foreign((await original<typeof englishCreators>()).enCreators) }));
vi.mock('@/texts/en.files', async (original) => ({ enFiles: foreign((await original<typeof englishFiles>()).enFiles) }));
vi.mock('@/texts/en.invites', async (original) => ({ enInvites: foreign((await original<typeof englishInvites>()).enInvites) }));
vi.mock('@/texts/en.messenger', async (original) => ({ enMessenger: foreign((await original<typeof englishMessenger>()).enMessenger) }));
vi.mock('@/texts/en.savedTexts', async (original) => ({
  enSavedTexts: foreign((await original<typeof englishSavedTexts>()).enSavedTexts),
}));
vi.mock('@/texts/en.safety', async (original) => ({ enSafety: foreign((await original<typeof englishSafety>()).enSafety) }));

const rateFrom = { amount: 1_500, currency: 'EUR' };

// What members write is in Greek letters, so that every Latin word is the page's.
const card = aCard({
  ...{ displayName: 'Μίρα', handle: 'μίρα', headline: 'Ταξίδια', categories: ['art', 'travel', 'food', 'music'] },
  ...{
    openTo: ['gifted', 'paid'],
    formats: ['post', 'story', 'live', 'video'],
    availableFrom: '2099-12-01',
    rateFrom,
    answersWithin: 'day',
  },
  platforms: [{ name: 'instagram', handle: 'μίρα', followers: 52_000, engagement: 0.034, checkedAt: '2026-11-03T09:30:00.000Z' }],
});
const { relation, favourite, ...other } = card;
const contact = aContact({
  ...{ id: 'c1', state: 'connected', direction: 'received', other, note: 'Καλημέρα', answeredAt: '2026-11-22T09:40:00.000Z', unread: 2 },
  lastMessage: { seq: 3, from: 'mira', text: 'Ναι', sentAt: '2026-11-22T10:03:00.000Z' },
});
const pending = aContact({ id: 'c2', direction: 'received', other: { ...other, id: 'ole' }, expiresAt: '2026-12-22T09:30:00.000Z' });
const declined = aContact({
  ...{ ...pending, id: 'c4', state: 'declined', direction: 'sent', answeredAt: pending.invitedAt },
  declined: { reason: 'not-now', until: '2027-03-01' },
});
const terms: Partial<Profile> = {
  ...{ openTo: ['paid'], formats: ['story'], rateFrom: { amount: 250, currency: 'EUR' }, leadTime: 14 },
  ...{ availableFrom: '2026-12-01', expects: 'Βουνά' },
};
const file = { id: 'm1', name: 'Βουνά.π', type: 'application/pdf' as const, size: 1, state: 'ready' as const };
const picture = { ...file, id: 'm2', type: 'image/jpeg' as const, width: 4, height: 3 };
const profile = aProfile({
  ...terms,
  id: 'me',
  displayName: 'Εγώ',
  handle: 'εγώ',
  headline: 'Βουνά',
  bio: 'Βουνά',
  tags: ['βουνά'],
  website: '',
});
const answers: Readonly<Record<string, unknown>> = {
  '/config.json': {
    api: '',
    support: 'α@β.γ',
    signIn: { kind: 'development' },
    limits: { note: 300, message: 4000, details: 1000, editSeconds: 900 },
  },
  '/dev/members': [{ id: 'ω', displayName: 'Μίρα', kind: 'δ', email: 'ω@β.γ' }],
  '/dev/identity/token': { access_token: 't', expires_in: 3600 },
  '/api/me': { ...profile, platforms: profile.platforms.map((platform) => ({ ...platform, handle: 'εγώ', url: '' })) },
  '/api/me/email-preferences': { notices: { inviteReceived: true, reminder: false }, address: 'α@β.γ' },
  '/api/creators': {
    value: [
      { ...card, relation, favourite },
      { ...card, id: 'ole', relation: { state: 'invited', connectionId: 'c3' } },
    ],
  },
  '/api/creators/facets': { categories: [{ value: 'art', count: 3 }], platforms: [], countries: [], languages: [] },
  '/api/creators/mira': {
    ...card,
    kind: 'creator',
    bio: 'Βουνά',
    tags: [],
    listed: true,
    platforms: [{ ...card.platforms[0], handle: 'μίρα' }],
  },
  '/api/favourites': { value: [] },
  '/api/invites': { value: [pending, declined] },
  '/api/connections': { value: [contact] },
  '/api/connections/c1': contact,
  '/api/connections/c1/messages': {
    value: [
      aMessage({ seq: 3, text: '', files: [{ ...file, state: 'checking' }, picture] }),
      aMessage({ seq: 2, text: 'Ναι', editedAt: pending.invitedAt, files: [{ ...file, state: 'refused' }] }),
      aMessage({ seq: 1, from: 'me', text: 'Όχι', files: [{ ...file, state: 'refused', reason: 'malware' }] }),
    ],
  },
  '/api/connections/c1/presence': { online: true },
  '/api/blocks': { value: [{ member: other, blockedAt: pending.invitedAt }] },
};

class Observer {
  observe = () => undefined;
  disconnect = () => undefined;
  unobserve = () => undefined;
}

beforeEach(() => {
  localStorage.setItem('connections.member', '{"sub":"me"}');
  vi.stubGlobal('IntersectionObserver', Observer);
  vi.stubGlobal('ResizeObserver', Observer);
  vi.stubGlobal('matchMedia', () => ({ matches: true, addEventListener: () => undefined, removeEventListener: () => undefined }));
  vi.stubGlobal('CSS', { supports: () => true, escape: (text: string) => text });
  vi.stubGlobal('scrollTo', () => undefined);
  // The messages that are near the window are rendered, and jsdom has no layout.
  vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(600);
  vi.stubGlobal('fetch', (request: Request | string) => {
    const answer = answers[new URL(typeof request === 'string' ? request : request.url, 'http://localhost').pathname];
    return Promise.resolve(answer === undefined ? Response.json({ title: 'Όχι', detail: 'Όχι' }, { status: 404 }) : Response.json(answer));
  });
});

/** The words with Latin letters that the page shows or tells. A platform's mark, the beginning of an address and a member's id are none,
 * nor are currencies and units that have Latin letters in Greek. */
function latinWords(): readonly string[] {
  const all = [...document.body.querySelectorAll<HTMLElement>('*:not([data-platform], script, style)')];
  const shown = all.flatMap((element) => [
    ...[...element.childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE).map(({ textContent }) => textContent ?? ''),
    ...['aria-label', 'title', 'placeholder', 'alt'].map((name) => element.getAttribute(name) ?? ''),
  ]);
  return [document.title, ...shown].filter(
    (text) => /[a-z]/i.test(text) && text !== 'https://' && !text.startsWith('Φράγκο CF') && !/^\d+ [kM]B$/.test(text),
  );
}

it.each([
  ['/', 'article h2'],
  ['/favourites', 'main h2'],
  ['/pending', '[data-row]'],
  ['/connections', '[data-row]'],
  ['/messages', '[data-connection]'],
  ['/messages/c1', '[data-message]'],
  ['/creators/mira', 'article h1'],
  ['/profile', 'form h2'],
  ['/email-preferences', '[role=switch]'],
  ['/blocked', '[data-row]'],
  ['/your-data', 'main h2'],
  ['/nowhere', 'main h2'],
])('the page at %s has no word outside the catalogue', async (path, content) => {
  window.history.replaceState(null, '', path);
  render(<App />);
  await expect.poll(() => document.querySelector(content), { timeout: 5_000 }).not.toBeNull();
  expect(latinWords()).toEqual([]);
});

it('nor has the sign-in page', async () => {
  localStorage.clear();
  render(<App />);
  await screen.findByText('Μίρα');
  expect(latinWords()).toEqual([]);
});
