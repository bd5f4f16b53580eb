import { describe, expect, it } from 'vitest';
import type { Message } from '@/api/types';
import { aMessage, messagesFrom } from '@/testing/samples';
import { hasGap, noHistory, olderThan, withMessages, withOlder, withQuotesOf } from './history';

describe('the messages of a conversation', () => {
  it('are unique and in order, however they arrive', () => {
    const history = withMessages(withMessages(noHistory, [aMessage({ seq: 3 }), aMessage({ seq: 1 })]), [
      aMessage({ seq: 2 }),
      aMessage({ seq: 3 }),
    ]);
    expect(history.messages.map(({ seq }) => seq)).toEqual([1, 2, 3]);
  });

  it('are the same object if nothing is new', () => {
    const history = withMessages(noHistory, messagesFrom(1, 3));
    expect(withMessages(history, messagesFrom(2, 3))).toBe(history);
  });

  it('show the last version, in any order of arrival', () => {
    const versions = [
      aMessage(),
      aMessage({ text: 'one', revision: 1 }),
      aMessage({ text: 'one', reactions: [{ by: 'brand', kind: 'heart' }], revision: 2 }),
      aMessage({ text: '', deleted: true, revision: 3 }),
    ];
    const shown = (...order: number[]) =>
      order.reduce((history, i) => withMessages(history, versions.slice(i, i + 1)), noHistory).messages[0];
    expect(shown(0, 2, 1)).toEqual(versions[2]);
    expect(shown(2, 0)).toEqual(versions[2]);
    expect(shown(3, 2, 1, 0)).toEqual(versions[3]);
    expect(shown(0, 1, 3)).toEqual(versions[3]);
  });

  it('show a file once it is checked, in whatever order the news arrive', () => {
    const file = { id: 'm1', name: 'beach.jpg', type: 'image/jpeg' as const, size: 1, state: 'checking' as const };
    const checking = aMessage({ seq: 1, files: [file] });
    const ready = aMessage({ seq: 1, files: [{ ...file, state: 'ready' }], revision: 1 });
    expect(withMessages(withMessages(noHistory, [checking]), [ready]).messages).toEqual([ready]);
    expect(withMessages(withMessages(noHistory, [ready]), [checking]).messages).toEqual([ready]);
  });

  it('quote a message as it is now, whichever comes first', () => {
    const reply = aMessage({ seq: 2, quote: { seq: 1, from: 'mira', text: 'Message 1' } });
    const edited = aMessage({ text: 'Edited', revision: 1 });
    const deleted = aMessage({ text: '', deleted: true, revision: 2 });
    const quoted = (...messages: Message[]) =>
      messages.reduce((history, message) => withMessages(history, [message]), noHistory).messages.at(-1)?.quote;
    expect(quoted(aMessage(), reply, edited)).toMatchObject({ seq: 1, text: 'Edited' });
    expect(quoted(edited, reply)).toMatchObject({ text: 'Edited' });
    expect(quoted(aMessage(), reply, edited, deleted)).toEqual({ seq: 1, from: 'mira', text: '', deleted: true });
  });

  it('quote as it is now also a message that is not loaded', () => {
    const reply = aMessage({ seq: 200, quote: { seq: 1, from: 'mira', text: 'Message 1' } });
    const history = withMessages(noHistory, [reply]);
    expect(withQuotesOf(history, aMessage({ text: 'Edited' })).messages).toMatchObject([{ seq: 200, quote: { text: 'Edited' } }]);
    expect(withQuotesOf(history, aMessage({ seq: 2, text: 'Edited' }))).toBe(history);
    const readAgain = { ...reply, quote: { seq: 1, from: 'mira', text: 'Read again' } };
    expect(withMessages(history, [readAgain]).messages).toEqual([readAgain]);
    expect(withMessages(history, [reply])).toBe(history);
  });

  it('have a gap until it is filled', () => {
    const gap = withMessages(noHistory, [...messagesFrom(1, 2), aMessage({ seq: 5 })]);
    expect(hasGap(gap)).toBe(true);
    expect(hasGap(withMessages(gap, messagesFrom(3, 4)))).toBe(false);
    expect(hasGap(noHistory)).toBe(false);
  });

  it('have older ones until the first message is known', () => {
    expect(olderThan(noHistory)).toBeUndefined();
    const history = withMessages(noHistory, messagesFrom(101, 200));
    expect(olderThan(history)).toBe(101);
    expect(olderThan(withOlder(history, messagesFrom(1, 100).reverse()))).toBeUndefined();
  });

  it('begin where nothing comes before', () => {
    const history = withMessages(noHistory, messagesFrom(5, 8));
    expect(olderThan(withOlder(history, [], 5))).toBeUndefined();
    expect(olderThan(withOlder(history, [], 6))).toBe(5);
  });

  it('ignore an older page that does not join them', () => {
    const history = withMessages(noHistory, messagesFrom(301, 400));
    expect(withOlder(history, messagesFrom(1, 100))).toBe(history);
  });
});
