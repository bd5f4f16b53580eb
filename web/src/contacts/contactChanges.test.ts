import { describe, expect, it } from 'vitest';
import { aContact, aMessage } from '@/testing/samples';
import { withChangedMessage, withMessage, mergeContact, withRead, withReadByOther } from './contactChanges';

const me = 'brand';
const last = (seq: number, from = 'mira') => ({ seq, from, text: `Message ${seq}`, sentAt: aMessage({ seq }).sentAt });

describe('a contact that receives messages', () => {
  it('counts each message of the other side once, and no own message', () => {
    let contact = aContact({ state: 'connected' });
    for (const message of [
      aMessage({ seq: 1 }),
      aMessage({ seq: 1 }),
      aMessage({ seq: 2, from: me }),
      aMessage({ seq: 3 }),
      aMessage({ seq: 2, from: me }),
    ]) {
      contact = withMessage(contact, message, me);
    }

    expect(contact.unread).toBe(2);
    expect(contact.lastMessage?.seq).toBe(3);
  });

  it('does not count a message that was read before its event arrived', () => {
    const contact = aContact({ readSeq: 3, lastMessage: last(2), unread: 0 });
    expect(withMessage(contact, aMessage({ seq: 3 }), me).unread).toBe(0);
  });

  it('shows the edit or deletion of its last message only', () => {
    const contact = aContact({ lastMessage: last(3) });
    expect(withChangedMessage(contact, aMessage({ seq: 3, text: '', deleted: true })).lastMessage).toMatchObject({
      seq: 3,
      text: '',
      deleted: true,
    });
    expect(withChangedMessage(contact, aMessage({ seq: 2, text: 'edited' }))).toBe(contact);
  });

  it('has nothing unread when all was read, and ignores an older read mark', () => {
    const read = withRead(aContact({ lastMessage: last(5), unread: 3, readSeq: 2 }), 5);
    expect(read).toMatchObject({ readSeq: 5, unread: 0 });
    expect(withRead(read, 4)).toBe(read);
    expect(withReadByOther(withReadByOther(read, 4), 2).otherReadSeq).toBe(4);
  });

  it('counts as unread at most the messages after the read mark', () => {
    expect(withRead(aContact({ lastMessage: last(9), unread: 6, readSeq: 2 }), 7).unread).toBe(2);
  });
});

describe('a contact merged with the cached one', () => {
  it('keeps the message, the read marks and the count of newer live events', () => {
    const known = aContact({ lastMessage: last(5), readSeq: 5, otherReadSeq: 4, unread: 0 });
    const read = aContact({ lastMessage: last(4), readSeq: 2, otherReadSeq: 3, unread: 2, note: 'from the server' });
    expect(mergeContact(read, known)).toMatchObject({
      lastMessage: { seq: 5 },
      readSeq: 5,
      otherReadSeq: 4,
      unread: 0,
      note: 'from the server',
    });
  });

  it('replaces the cached one if it is newer', () => {
    const known = aContact({ lastMessage: last(4), readSeq: 2, unread: 1 });
    const read = aContact({ lastMessage: last(6), readSeq: 2, unread: 3 });
    expect(mergeContact(read, known)).toEqual(read);
    expect(mergeContact(read, undefined)).toBe(read);
  });

  it('counts at most what can be unread if each is newer in one respect', () => {
    const known = aContact({ lastMessage: last(5), readSeq: 5, unread: 0 });
    const read = aContact({ lastMessage: last(6), readSeq: 2, unread: 4 });
    expect(mergeContact(read, known)).toMatchObject({ lastMessage: { seq: 6 }, readSeq: 5, unread: 1 });
  });

  it('does not restore the text of a deleted message', () => {
    const known = aContact({ lastMessage: { ...last(5), text: '', deleted: true } });
    expect(mergeContact(aContact({ lastMessage: last(5) }), known).lastMessage).toMatchObject({ text: '', deleted: true });
  });
});
