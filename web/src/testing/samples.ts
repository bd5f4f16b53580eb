import type { CallersCard, Contact, LastMessage, Message, Profile } from '@/api/types';

/** A card with defaults for what a test does not care about. */
export function aCard(card: Partial<CallersCard> = {}): CallersCard {
  return {
    id: 'mira',
    displayName: 'Mira Lund',
    handle: 'miralund',
    headline: 'Slow travel and long trails',
    categories: ['travel', 'outdoors'],
    platforms: [{ name: 'instagram', handle: 'miralund', followers: 52_000, engagement: 0.034 }],
    country: 'GB',
    languages: ['nb', 'en'],
    followers: 52_000,
    engagement: 0.034,
    favourite: false,
    relation: { state: 'none' },
    ...card,
  };
}

/** A contact with defaults for what a test does not care about. */
export function aContact(contact: Partial<Contact> = {}): Contact {
  return {
    id: 'c1',
    state: 'pending',
    direction: 'sent',
    other: aCard(),
    invitedAt: '2026-11-22T09:30:00.000Z',
    unread: 0,
    readSeq: 0,
    otherReadSeq: 0,
    ...contact,
  };
}

/** A creator's own profile with defaults for what a test does not care about. */
export function aProfile(profile: Partial<Profile> = {}): Profile {
  return {
    id: 'mira',
    kind: 'creator',
    displayName: 'Mira Lund',
    handle: 'miralund',
    headline: 'Slow travel and long trails',
    bio: 'Walks from hut to hut,\nwith a camera.',
    website: 'https://example.com/mira',
    categories: ['travel', 'outdoors'],
    tags: ['hiking', 'huts'],
    platforms: [{ name: 'instagram', handle: 'miralund', url: 'https://instagram.com/miralund', followers: 52_000, engagement: 0.034 }],
    country: 'GB',
    languages: ['nb', 'en'],
    language: 'en',
    listed: true,
    ...profile,
  };
}

const firstAt = Date.parse('2026-11-22T10:00:00.000Z');
const minute = 60_000;

/** A message with defaults for what a test does not care about. Messages are a minute apart. */
export function aMessage(message: Partial<Message> = {}): Message {
  const seq = message.seq ?? 1;
  return {
    connectionId: 'c1',
    seq,
    clientId: `m${seq}`,
    from: 'mira',
    text: `Message ${seq}`,
    sentAt: new Date(firstAt + seq * minute).toISOString(),
    ...message,
  };
}

/** A message as the list of conversations has it. */
export function aLastMessage(last: Partial<LastMessage> = {}): LastMessage {
  const { seq, from, text, sentAt } = aMessage(last.seq === undefined ? {} : { seq: last.seq });
  return { seq, from, text, sentAt, ...last };
}

/** Messages with consecutive sequence numbers. */
export function messagesFrom(first: number, last: number): Message[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => aMessage({ seq: first + i }));
}
