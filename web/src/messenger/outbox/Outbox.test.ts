import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Problem } from '@/api/problem';
import { forgetDrafts } from '@/session/drafts';
import { aMessage } from '@/testing/samples';
import { type Delivery, Outbox } from './Outbox';
import { type OutboxItem, OutboxStorage } from './OutboxStorage';

const answer = (status: number, type: string, headers: Record<string, string> = {}) =>
  Problem.of(new Response(JSON.stringify({ type: `/problems/${type}`, title: type, detail: `Because: ${type}.` }), { status, headers }));

describe('the outbox', () => {
  /** The server's responses to the next calls: that the call failed, or a result for each message. After them, it stores all. */
  let server: (() => Promise<Problem | (Problem | undefined)[] | undefined>)[];
  let calls: (readonly OutboxItem[])[];
  let ended: string[];
  let ends: (() => void)[];

  const open = (me = 'brand'): Outbox => {
    const delivery: Delivery = {
      send: async (items) => {
        calls.push(items);
        const result = await server.shift()?.();
        if (result instanceof Problem) {
          throw result;
        }

        return items.map(({ clientId }, i) => result?.[i] ?? aMessage({ clientId, from: me }));
      },
      sent: vi.fn(),
      ended: (connectionId) => ended.push(connectionId),
      withLock: (run) => run(),
    };
    const outbox = new Outbox(new OutboxStorage(me), delivery);
    ends.push(outbox.start());
    return outbox;
  };
  const refuses = (problem: Promise<Problem> | Problem) => () => Promise.resolve(problem);
  const confirm = () => vi.advanceTimersByTimeAsync(0);
  const sentTexts = () => calls.map((items) => items.map(({ text }) => text).join(' + '));
  const states = (outbox: Outbox) => outbox.entries().map(({ text, state }) => `${text}: ${state}`);

  beforeEach(() => {
    vi.useFakeTimers();
    localStorage.clear();
    server = [];
    calls = [];
    ended = [];
    ends = [];
  });

  afterEach(() => {
    ends.forEach((end) => end());
    vi.useRealTimers();
  });

  it('sends messages in the order they were written, and those that gather during a call in the next one', async () => {
    const answers: (() => void)[] = [];
    const held = () => new Promise<undefined>((resolve) => answers.push(() => resolve(undefined)));
    server = [held, held];
    const outbox = open();
    ['one', 'two', 'three'].forEach((text) => outbox.add('c1', text));
    await confirm();
    expect(sentTexts()).toEqual(['one']);

    answers.shift()?.();
    await confirm();
    expect(sentTexts()).toEqual(['one', 'two + three']);

    answers.shift()?.();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(sentTexts()).toEqual(['one', 'two + three']);
    expect(outbox.entries()).toEqual([]);
    expect(localStorage).toHaveLength(0);
  });

  it('keeps order and ids without a network and across a reload', async () => {
    server = [refuses(Problem.offline())];
    const first = open();
    first.add('c1', 'one');
    first.add('c2', 'two');
    await confirm();
    expect(states(first)).toEqual(['one: waiting', 'two: waiting']);
    const ids = first.entries().map(({ clientId }) => clientId);
    ends.pop()?.();

    calls = [];
    const second = open();
    await confirm();
    expect(calls.flat().map(({ clientId }) => clientId)).toEqual(ids);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(second.entries()).toEqual([]);
  });

  it('retries with back-off, and at once when woken', async () => {
    server = Array.from({ length: 20 }, () => refuses(Problem.offline()));
    const outbox = open();
    outbox.add('c1', 'one');
    for (const [after, tries] of [
      [0, 1],
      [1_999, 1],
      [1, 2],
      [3_999, 2],
      [1, 3],
    ] as const) {
      await vi.advanceTimersByTimeAsync(after);
      expect(calls).toHaveLength(tries);
    }

    outbox.wake();
    await confirm();
    expect(calls).toHaveLength(4);
  });

  it('waits for a rate limit as long as the server says, even if woken', async () => {
    server = [refuses(answer(429, 'message-limit', { 'Retry-After': '40' }))];
    const outbox = open();
    outbox.add('c1', 'one');
    outbox.add('c1', 'two');
    await confirm();
    outbox.wake();
    await vi.advanceTimersByTimeAsync(39_999);
    expect(sentTexts()).toEqual(['one']);
    expect(outbox.entries()[0]).toMatchObject({ state: 'waiting', waitsFor: { code: 'message-limit' } });

    await vi.advanceTimersByTimeAsync(1);
    expect(sentTexts()).toEqual(['one', 'one + two']);
  });

  it('sends a conversation at a time, twenty messages in one call', async () => {
    server = [refuses(Problem.offline())];
    const outbox = open();
    outbox.add('c1', 'a1');
    for (let i = 1; i <= 21; i++) {
      outbox.add('c2', `b${i}`);
    }

    outbox.add('c1', 'a2');
    await confirm();
    outbox.wake();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(calls.map((items) => items.map(({ text }) => text))).toEqual([
      ['a1'],
      ['a1', 'a2'],
      Array.from({ length: 20 }, (_, i) => `b${i + 1}`),
      ['b21'],
    ]);
    expect(outbox.entries()).toEqual([]);
  });

  it('keeps each message of a call that the server did not store, with its own reason', async () => {
    const limited = await answer(429, 'message-limit', { 'Retry-After': '40' });
    const bad = await answer(400, 'invalid-input');
    server = [refuses(Problem.offline()), () => Promise.resolve([undefined, bad, undefined, limited, limited])];
    const outbox = open();
    ['one', 'bad', 'two', 'three', 'four'].forEach((text) => outbox.add('c1', text));
    await confirm();
    outbox.wake();
    await vi.advanceTimersByTimeAsync(3_000);
    expect(states(outbox)).toEqual(['bad: refused', 'three: waiting', 'four: waiting']);

    await vi.advanceTimersByTimeAsync(40_000);
    expect(sentTexts()).toEqual(['one', 'one + bad + two + three + four', 'three + four']);
    expect(states(outbox)).toEqual(['bad: refused']);
  });

  it('sends messages one at a time when the server takes no call of several', async () => {
    server = [refuses(Problem.offline()), refuses(answer(405, 'method-not-allowed'))];
    const outbox = open();
    outbox.add('c1', 'one');
    outbox.add('c1', 'two');
    await confirm();
    outbox.wake();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(sentTexts()).toEqual(['one', 'one + two', 'one', 'two']);
    expect(outbox.entries()).toEqual([]);
  });

  it('keeps a refused message with the reason, sends the next ones, and retries on request', async () => {
    server = [refuses(answer(400, 'invalid-input'))];
    const outbox = open();
    outbox.add('c1', 'bad');
    outbox.add('c1', 'good');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(sentTexts()).toEqual(['bad', 'good']);
    expect(outbox.entries()).toMatchObject([{ text: 'bad', state: 'refused', refused: 'Because: invalid-input.' }]);

    outbox.retry(calls[0]?.[0]?.clientId ?? '');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(calls[2]).toMatchObject([{ text: 'bad', clientId: calls[0]?.[0]?.clientId }]);
    expect(outbox.entries()).toEqual([]);
  });

  it('keeps the messages of an ended conversation, and sends those of others', async () => {
    server = [refuses(answer(409, 'not-connected'))];
    const outbox = open();
    outbox.add('c1', 'one');
    outbox.add('c1', 'two');
    outbox.add('c2', 'three');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(sentTexts()).toEqual(['one', 'three']);
    expect(states(outbox)).toEqual(['one: refused', 'two: refused']);
    expect(ended).toEqual(['c1']);
  });

  it('does not send a message that was discarded, or sent by another tab', async () => {
    server = [refuses(Problem.offline())];
    const outbox = open();
    ['one', 'two', 'three'].forEach((text) => outbox.add('c1', text));
    await confirm();
    const [one, two] = outbox.entries();
    outbox.drop(one?.clientId ?? '');
    new OutboxStorage('brand').drop(two?.clientId ?? '');
    outbox.wake();
    await confirm();
    expect(sentTexts()).toEqual(['one', 'three']);
  });

  it('takes a message as sent when its event arrives', async () => {
    server = [refuses(Problem.offline())];
    const outbox = open();
    outbox.add('c1', 'one');
    await confirm();
    outbox.confirm(calls[0]?.[0]?.clientId ?? '');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(calls).toHaveLength(1);
    expect(outbox.entries()).toEqual([]);
    expect(localStorage).toHaveLength(0);
  });

  it('belongs to one member, and is deleted on sign-out', async () => {
    server = [refuses(Problem.offline())];
    open('a').add('c1', 'one');
    await confirm();
    expect(open('a/outbox').entries()).toEqual([]);
    expect(open('a').entries()).toHaveLength(1);
    forgetDrafts();
    expect(open('a').entries()).toEqual([]);
  });

  it('works without browser storage', async () => {
    const storage = vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('Full', 'QuotaExceededError');
    });
    server = [refuses(Problem.offline())];
    const outbox = open();
    outbox.add('c1', 'one');
    await vi.advanceTimersByTimeAsync(2_000);
    expect(sentTexts()).toEqual(['one', 'one']);
    storage.mockRestore();
  });
});
