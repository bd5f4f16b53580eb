import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Problem } from '@/api/problem';
import type { FileToSend } from '@/messenger/files/FileToSend';
import { forgetDrafts } from '@/session/drafts';
import { aMessage } from '@/testing/samples';
import { type Delivery, Outbox } from './Outbox';
import { type OutboxItem, OutboxStorage } from './OutboxStorage';
import { Unsendable, type Uploading, Uploads } from './Uploads';

const answer = (status: number, type: string, headers: Record<string, string> = {}) =>
  Problem.of(new Response(JSON.stringify({ type: `/problems/${type}`, title: type, detail: `Because: ${type}.` }), { status, headers }));

describe('the outbox', () => {
  /** The server's responses to the next calls: that the call failed, or a result for each message. After them, it stores all. */
  let server: (() => Promise<Problem | (Problem | undefined)[] | undefined>)[];
  let calls: (readonly OutboxItem[])[];
  let ended: string[];
  /** What happens to the next uploads. After them, each succeeds at once. */
  let uploads: ((onProgress: (bytes: number) => void, signal: AbortSignal) => Promise<unknown>)[];
  let uploaded: string[];
  let released: string[];
  let ends: (() => void)[];

  const open = (me = 'brand'): Outbox => {
    const upload: Uploading['upload'] = async ({ key }, onProgress, signal) => {
      uploaded.push(key);
      await uploads.shift()?.(onProgress, signal);
      return `${key}-${uploaded.length}`;
    };
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
      loadUploads: (queue) => Promise.resolve(new Uploads({ upload, withLock: (run) => run() }, queue)),
      release: (files, why) => released.push(...files.map(({ key, id }) => `${key} ${id ?? '-'} ${why}`)),
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
    uploads = [];
    uploaded = [];
    released = [];
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

  const aFile = (key: string, size = 100): FileToSend => ({ key, name: `${key}.png`, type: 'image/png', size });
  const held = () => {
    let end: (result?: Error) => void = () => undefined;
    const upload = () => new Promise<void>((resolve, reject) => (end = (result) => (result ? reject(result) : resolve())));
    return { upload, end: (result?: Error) => end(result) };
  };

  it('uploads the files of a message before it sends it, and later messages of the conversation after it', async () => {
    const first = held();
    uploads = [first.upload];
    const outbox = open();
    outbox.add('c1', 'look', [aFile('a'), aFile('b')]);
    outbox.add('c1', 'after');
    outbox.add('c2', 'elsewhere');
    await confirm();
    expect(uploaded).toEqual(['a']);
    expect(sentTexts()).toEqual(['elsewhere']);

    first.end();
    await confirm();
    expect(uploaded).toEqual(['a', 'b']);
    expect(sentTexts()).toEqual(['elsewhere', 'look + after']);
    expect(calls[1]?.[0]?.files?.map(({ id }) => id)).toEqual(['a-1', 'b-2']);

    await vi.advanceTimersByTimeAsync(5_000);
    expect(released).toEqual(['a a-1 sent', 'b b-2 sent']);
    expect(outbox.entries()).toEqual([]);
  });

  it('shows how much of the files of a message is uploaded', async () => {
    let tell: (bytes: number) => void = () => undefined;
    uploads = [
      () => Promise.resolve(),
      (onProgress) => {
        tell = onProgress;
        return new Promise(() => undefined);
      },
    ];
    const outbox = open();
    outbox.add('c1', '', [aFile('a', 300), aFile('b', 100)]);
    await confirm();
    expect(outbox.entries()).toMatchObject([{ state: 'sending', percent: 75 }]);
    tell(50);
    expect(outbox.entries()).toMatchObject([{ state: 'sending', percent: 87 }]);
  });

  it('retries an upload without holding up other conversations, and uploads nothing twice', async () => {
    uploads = [() => Promise.resolve(), () => Promise.reject(Problem.offline())];
    const outbox = open();
    outbox.add('c1', 'look', [aFile('a'), aFile('b')]);
    outbox.add('c2', 'elsewhere');
    await confirm();
    expect(outbox.entries()[0]).toMatchObject({ state: 'waiting', waitsFor: { code: 'offline' } });
    expect(sentTexts()).toEqual(['elsewhere']);

    await vi.advanceTimersByTimeAsync(2_000);
    expect(uploaded).toEqual(['a', 'b', 'b']);
    expect(sentTexts()).toEqual(['elsewhere', 'look']);
  });

  it('goes on after a reload with the files that are not uploaded', async () => {
    uploads = [() => Promise.resolve(), () => new Promise(() => undefined)];
    open().add('c1', 'look', [aFile('a'), aFile('b')]);
    await confirm();
    ends.pop()?.();

    open();
    await confirm();
    expect(uploaded).toEqual(['a', 'b', 'b']);
    expect(calls[0]?.[0]?.files).toMatchObject([{ id: 'a-1' }, { id: 'b-3' }]);
  });

  it('stops the upload of a message that is discarded', async () => {
    let stopped = false;
    uploads = [
      (_, signal) =>
        new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error(((stopped = true), 'stopped'))))),
    ];
    const outbox = open();
    outbox.add('c1', 'look', [aFile('a')]);
    outbox.add('c1', 'after');
    await confirm();
    outbox.drop(outbox.entries()[0]?.clientId ?? '');
    await confirm();
    expect(stopped).toBe(true);
    expect(sentTexts()).toEqual(['after']);
    expect(released).toEqual(['a - discarded']);
  });

  it('keeps a message whose file is refused or gone, and sends the next ones', async () => {
    const tooMany = await answer(400, 'invalid-input');
    uploads = [() => Promise.reject(tooMany), () => Promise.reject(new Unsendable('It is gone.'))];
    const outbox = open();
    outbox.add('c1', 'one', [aFile('a')]);
    outbox.add('c1', 'two', [aFile('b')]);
    outbox.add('c1', 'three');
    await confirm();
    expect(outbox.entries().map(({ text, refused }) => [text, refused])).toEqual([
      ['one', 'Because: invalid-input.'],
      ['two', 'It is gone.'],
      ['three', undefined],
    ]);
    expect(sentTexts()).toEqual(['three']);

    outbox.retry(outbox.entries()[0]?.clientId ?? '');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(sentTexts()).toEqual(['three', 'one']);
  });

  it('uploads a file again that the service has not any more, once', async () => {
    const gone = Problem.of(
      Response.json({ type: '/problems/invalid-input', detail: 'It is gone.', errors: { 'files[0].id': ['Gone.'] } }, { status: 400 }),
    );
    server = [refuses(gone), refuses(gone)];
    const outbox = open();
    outbox.add('c1', 'look', [aFile('a')]);
    await confirm();
    expect(uploaded).toEqual(['a', 'a']);
    expect(states(outbox)).toEqual(['look: refused']);
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

  it('keeps what a message quotes across a reload, and sends it without the quote where that is gone', async () => {
    const quote = { seq: 3, from: 'mira', text: 'Shall we?' };
    server = [refuses(Problem.offline()), async () => [await answer(409, 'not-quotable')]];
    const first = open();
    first.add('c1', 'Yes', [], quote);
    await confirm();
    ends.pop()?.();

    const second = open();
    await confirm();
    expect(calls.flat().map((item) => item.quote)).toEqual([quote, quote]);
    expect(second.entries()).toMatchObject([{ text: 'Yes', state: 'refused', quote, quoteIsGone: true }]);

    second.retry(second.entries()[0]?.clientId ?? '');
    await confirm();
    expect(calls.at(-1)).toMatchObject([{ text: 'Yes' }]);
    expect(calls.at(-1)?.[0]?.quote).toBeUndefined();
  });
});
