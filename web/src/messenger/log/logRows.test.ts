import { describe, expect, it } from 'vitest';
import type { OutboxEntry } from '@/messenger/outbox/OutboxStorage';
import { aMessage, messagesFrom } from '@/testing/samples';
import { type LogContents, type LogRow, logRows } from './logRows';

const me = 'brand';
const rowsOf = (contents: Partial<LogContents>) =>
  logRows({ me, messages: [], unsent: [], isComplete: false, newAfter: undefined, otherReadSeq: 0, ...contents });
const unsent = (clientId: string, at = Date.parse(aMessage({ seq: 50 }).sentAt)): OutboxEntry => ({
  connectionId: 'c1',
  clientId,
  text: clientId,
  at,
  state: 'sending',
});
const brief = (row: LogRow) => (row.kind === 'message' ? row.message.seq : row.kind === 'waiting' ? row.entry.clientId : row.kind);

describe('the rows of a conversation', () => {
  it('show an unsent message last, and keep its row when it is sent', () => {
    const before = rowsOf({ messages: messagesFrom(1, 2), unsent: [unsent('x')] });
    const after = rowsOf({ messages: [...messagesFrom(1, 2), aMessage({ seq: 3, from: me, clientId: 'x' })], unsent: [unsent('x')] });
    expect(before.map(brief)).toEqual([1, 2, 'x']);
    expect(after.map(brief)).toEqual([1, 2, 3]);
    expect(after.map((row) => row.key)).toEqual(before.map((row) => row.key));
  });

  it('distinguish messages of the two sides with the same client id', () => {
    expect(rowsOf({ messages: [aMessage({ clientId: 'x' })], unsent: [unsent('x')] }).map(brief)).toEqual([1, 'x']);
  });

  it('start days and groups', () => {
    const at = (time: string) => new Date(`2026-11-${time}:00`).toISOString();
    const rows = rowsOf({
      messages: [
        aMessage({ seq: 1, sentAt: at('21T23:58') }),
        aMessage({ seq: 2, sentAt: at('21T23:59') }),
        aMessage({ seq: 3, sentAt: at('22T00:01') }),
        aMessage({ seq: 4, sentAt: at('22T00:02'), from: me }),
        aMessage({ seq: 5, sentAt: at('22T00:20'), from: me }),
      ],
    });
    const marks = rows.map((row) =>
      row.kind === 'start' ? '' : `${row.startsDay ? 'day' : ''}${row.startsGroup ? '<' : ''}${row.endsGroup ? '>' : ''}`,
    );
    expect(marks).toEqual(['day<', '>', 'day<>', '<>', '<>']);
  });

  it('mark the first new message of the other side', () => {
    const messages = [aMessage({ seq: 1 }), aMessage({ seq: 2, from: me }), aMessage({ seq: 3 }), aMessage({ seq: 4 })];
    const startsNew = (newAfter?: number) =>
      rowsOf({ messages, newAfter }).flatMap((row) => (row.kind === 'message' && row.startsNew ? [row.message.seq] : []));
    expect(startsNew(1)).toEqual([3]);
    expect(startsNew(0)).toEqual([1]);
    expect(startsNew(4)).toEqual([]);
    expect(startsNew()).toEqual([]);
  });

  it('show whether the last own message was read', () => {
    const messages = [aMessage({ seq: 1, from: me }), aMessage({ seq: 2, from: me }), aMessage({ seq: 3 })];
    const marks = (otherReadSeq: number) =>
      rowsOf({ messages, otherReadSeq }).map((row) => (row.kind === 'message' ? row.mark : undefined));
    expect(marks(1)).toEqual([undefined, 'sent', undefined]);
    expect(marks(2)).toEqual([undefined, 'read', undefined]);
  });

  it('begin with the start of the conversation if nothing older is left', () => {
    expect(rowsOf({ messages: messagesFrom(1, 1), isComplete: true }).map(brief)).toEqual(['start', 1]);
  });
});
