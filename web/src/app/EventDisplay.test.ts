import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Pages, rows } from '@/api/pages';
import { keys } from '@/api/queries';
import type { Contact } from '@/api/types';
import { type History, noHistory, withMessages } from '@/messenger/history/history';
import { aCard, aContact, aLastMessage, aMessage, messagesFrom } from '@/testing/samples';
import { EventDisplay } from './EventDisplay';

const me = 'brand';

describe('a live event', () => {
  let cache: QueryClient;
  let display: EventDisplay;
  const readContact = vi.fn<(id: string) => Promise<Contact>>();
  const contact = (id = 'c1') => rows(cache.getQueryData<Pages<Contact>>(keys.connections)).find((row) => row.id === id);
  const history = () => cache.getQueryData<History>(keys.messages('c1'));
  const seqs = () => history()?.messages.map(({ seq }) => seq);

  beforeEach(() => {
    vi.useFakeTimers();
    readContact.mockReset();
    cache = new QueryClient();
    const talk = { state: 'connected' as const, lastMessage: aLastMessage({ seq: 2 }), readSeq: 2 };
    cache.setQueryData<Pages<Contact>>(keys.connections, {
      pages: [{ value: [aContact(talk), aContact({ id: 'c2', other: aCard({ id: 'ole' }), state: 'connected' })] }],
      pageParams: [undefined],
    });
    cache.setQueryData<History>(keys.messages('c1'), withMessages(noHistory, messagesFrom(1, 2)));
    display = new EventDisplay(cache, me, readContact);
  });

  afterEach(() => {
    display.stop();
    vi.useRealTimers();
  });

  it('of a message shows it once in its conversation and in the list, without a read', () => {
    const event = { type: 'message.created' as const, message: aMessage({ seq: 3 }) };
    display.show(event);
    display.show(event);
    vi.advanceTimersByTime(10_000);
    expect(seqs()).toEqual([1, 2, 3]);
    expect(contact()).toMatchObject({ unread: 1, lastMessage: { seq: 3 } });
    expect(readContact).not.toHaveBeenCalled();
    expect(cache.getQueryState(keys.messages('c1'))?.isInvalidated).toBe(false);
  });

  it('of an ended connection without messages clears the conversation', () => {
    display.show({ type: 'connection.changed', contact: aContact({ state: 'removed' }) });
    expect(seqs()).toBeUndefined();
  });

  it('of any other ended connection keeps the messages', () => {
    display.show({ type: 'connection.changed', contact: aContact({ state: 'removed', lastMessage: aLastMessage({ seq: 2 }) }) });
    expect(seqs()).toEqual([1, 2]);
  });

  it('after lost events fills the gap and reads the unread count once', async () => {
    readContact.mockResolvedValue(aContact({ state: 'connected', lastMessage: aLastMessage({ seq: 6 }), unread: 4, readSeq: 2 }));
    display.show({ type: 'message.created', message: aMessage({ seq: 5 }) });
    display.show({ type: 'message.created', message: aMessage({ seq: 6 }) });
    expect(cache.getQueryState(keys.messages('c1'))?.isInvalidated).toBe(true);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(readContact).toHaveBeenCalledOnce();
    expect(contact()?.unread).toBe(4);
  });

  it('of a conversation that is not listed adds it to the list', async () => {
    readContact.mockResolvedValue(aContact({ id: 'c3', state: 'connected', lastMessage: aLastMessage(), unread: 1 }));
    display.show({ type: 'message.created', message: aMessage({ connectionId: 'c3' }) });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(contact('c3')?.unread).toBe(1);
  });

  it('of reading clears the count for the member, and marks the messages for the other side', () => {
    display.show({ type: 'message.created', message: aMessage({ seq: 3 }) });
    display.show({ type: 'message.read', connectionId: 'c1', by: me, seq: 3 });
    display.show({ type: 'message.read', connectionId: 'c1', by: 'mira', seq: 2 });
    expect(contact()).toMatchObject({ unread: 0, readSeq: 3, otherReadSeq: 2 });
    expect(readContact).not.toHaveBeenCalled();
  });

  it('of an edit shows it, but does not add a message that was not loaded', () => {
    cache.setQueryData<History>(keys.messages('c1'), withMessages(noHistory, messagesFrom(2, 2)));
    display.show({
      type: 'message.changed',
      message: aMessage({ seq: 2, text: 'new', editedAt: '2026-11-22T10:10:00.000Z', revision: 1 }),
    });
    display.show({
      type: 'message.changed',
      message: aMessage({ seq: 1, text: 'new', editedAt: '2026-11-22T10:10:00.000Z', revision: 1 }),
    });
    expect(seqs()).toEqual([2]);
    expect(contact()?.lastMessage?.text).toBe('new');
  });

  it('of a deletion takes the unread count from the server', () => {
    display.show({ type: 'message.created', message: aMessage({ seq: 3 }) });
    expect(contact()?.unread).toBe(1);
    display.show({ type: 'message.changed', message: aMessage({ seq: 3, text: '', deleted: true }) });
    display.show({
      type: 'connection.changed',
      contact: aContact({ state: 'connected', lastMessage: aLastMessage({ seq: 3, text: '', deleted: true }), readSeq: 2, unread: 0 }),
    });
    expect(contact()).toMatchObject({ unread: 0, lastMessage: { seq: 3, text: '', deleted: true } });
    expect(readContact).not.toHaveBeenCalled();
  });

  it('of a deletion that is behind a newer message reads the unread count', async () => {
    readContact.mockResolvedValue(aContact({ state: 'connected', lastMessage: aLastMessage({ seq: 4 }), readSeq: 2, unread: 1 }));
    display.show({ type: 'message.created', message: aMessage({ seq: 3 }) });
    display.show({ type: 'message.created', message: aMessage({ seq: 4 }) });
    display.show({
      type: 'connection.changed',
      contact: aContact({ state: 'connected', lastMessage: aLastMessage({ seq: 3 }), readSeq: 2, unread: 0 }),
    });
    expect(contact()).toMatchObject({ lastMessage: { seq: 4 } });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(readContact).toHaveBeenCalledOnce();
    expect(contact()?.unread).toBe(1);
  });

  it('of an ended connection removes it from the list', () => {
    display.show({ type: 'connection.changed', contact: aContact({ state: 'removed' }) });
    expect(contact()).toBeUndefined();
    expect(cache.getQueryData<Contact>(keys.connection('c1'))?.state).toBe('removed');
  });

  it('that was missed shows new, edited and deleted messages of what is loaded', () => {
    cache.setQueryData<History>(keys.messages('c1'), withMessages(noHistory, messagesFrom(2, 4)));
    display.showChange({
      contact: aContact({ state: 'connected', lastMessage: aLastMessage({ seq: 5 }), readSeq: 2, unread: 2 }),
      messages: [
        aMessage({ seq: 1, text: 'not loaded', editedAt: '2026-11-22T10:10:00.000Z', revision: 1 }),
        aMessage({ seq: 3, text: 'edited', editedAt: '2026-11-22T10:10:00.000Z', revision: 1 }),
        aMessage({ seq: 4, text: '', deleted: true, revision: 1 }),
        aMessage({ seq: 5 }),
      ],
    });
    expect(seqs()).toEqual([2, 3, 4, 5]);
    expect(
      history()
        ?.messages.map(({ text, deleted }) => deleted ?? text)
        .slice(1, 3),
    ).toEqual(['edited', true]);
    expect(contact()).toMatchObject({ unread: 2, lastMessage: { seq: 5 } });
    expect(cache.getQueryState(keys.messages('c1'))?.isInvalidated).toBe(false);
  });

  it('of more than came with the change has the conversation read again', () => {
    display.showChange({ contact: aContact({ state: 'connected', lastMessage: aLastMessage({ seq: 300 }) }), messages: [], hasMore: true });
    expect(history()?.isOutdated).toBe(true);
    expect(cache.getQueryState(keys.messages('c1'))?.isInvalidated).toBe(true);
  });

  it('of an erased profile drops its messages', () => {
    display.showChange({
      contact: aContact({ state: 'connected', lastMessage: aLastMessage({ seq: 3 }) }),
      messages: [aMessage({ seq: 3 })],
      erasedSeq: 2,
    });
    expect(seqs()).toEqual([3]);
    expect(history()?.begins).toBe(3);
  });

  it('reads everything again after the first connection, and knows no message to be up to date', () => {
    display.refresh();
    expect(history()?.isOutdated).toBe(true);
    expect(cache.getQueryState(keys.connections)?.isInvalidated).toBe(true);
  });
});
