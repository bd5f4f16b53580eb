import { describe, expect, it } from 'vitest';
import { countedUnread, withChangedMessage, withInbox, withMessage, withRead } from '@/contacts/contactChanges';
import { aContact, aMessage } from '@/testing/samples';
import { conversationsOf } from './inbox';

const at = (minute: number) => `2026-11-22T10:0${minute}:00.000Z`;
const talk = (id: string, minute: number, more: Partial<ReturnType<typeof aContact>> = {}) =>
  aContact({ id, state: 'connected', answeredAt: at(minute), ...more });

describe('the list of conversations', () => {
  const all = [
    talk('latest', 9),
    talk('pinned', 1, { pinned: true }),
    talk('away', 8, { archived: true, unread: 2 }),
    talk('unread', 3, { unread: 1 }),
    talk('marked', 2, { markedUnread: true }),
    talk('pinned', 1, { pinned: true }),
  ];

  it('shows the pinned ones first, each once, and the archived ones in their own place', () => {
    expect(conversationsOf('inbox', all).map(({ id }) => id)).toEqual(['pinned', 'latest', 'unread', 'marked']);
    expect(conversationsOf('unread', all).map(({ id }) => id)).toEqual(['unread', 'marked']);
    // It was read when it was opened.
    expect(conversationsOf('unread', all, 'latest').map(({ id }) => id)).toEqual(['latest', 'unread', 'marked']);
    expect(conversationsOf('archived', all).map(({ id }) => id)).toEqual(['away']);
  });

  it('counts what is neither archived nor muted', () => {
    expect(all.map(countedUnread)).toEqual([0, 0, 0, 1, 1, 0]);
    expect(countedUnread(talk('muted', 1, { unread: 4, muted: true }))).toBe(0);
  });
});

describe('a conversation', () => {
  const away = talk('c1', 1, { archived: true, lastMessage: { seq: 1, from: 'mira', text: 'Hi', sentAt: at(1) } });

  it('comes back when the other member writes, and not when the member does or a message is edited or deleted', () => {
    expect(withMessage(away, aMessage({ seq: 2, from: 'mira' }), 'me').archived).toBeUndefined();
    expect(withMessage(away, aMessage({ seq: 2, from: 'me' }), 'me').archived).toBe(true);
    expect(withChangedMessage(away, aMessage({ seq: 1, from: 'mira', text: 'Hello' })).archived).toBe(true);
    expect(withChangedMessage(away, aMessage({ seq: 1, from: 'mira', text: '', deleted: true })).archived).toBe(true);
  });

  it('is not marked as unread any more when something new is read', () => {
    const marked = { ...away, markedUnread: true as const };
    expect(withRead(marked, 1).markedUnread).toBeUndefined();
    expect(withRead({ ...marked, readSeq: 1 }, 1).markedUnread).toBe(true);
  });

  it('is either archived or pinned', () => {
    expect(withInbox(away, { pinned: true })).toMatchObject({ pinned: true });
    expect(withInbox(away, { pinned: true }).archived).toBeUndefined();
    expect(withInbox({ ...away, pinned: true }, { archived: true }).pinned).toBeUndefined();
  });
});
