import { describe, expect, it } from 'vitest';
import type { Api } from '@/api/client';
import type { Message } from '@/api/types';
import { messagesFrom } from '@/testing/samples';
import { hasGap, type History, noHistory, withMessages } from './history';
import { mergeHistory, readNewest } from './readHistory';

const perPage = 100;

/** A server with this many messages, which pages them newest first like the API. */
function server(count: number): { api: Api; requests: () => number } {
  let requests = 0;
  const page = (before: number) => {
    requests++;
    const value = messagesFrom(Math.max(1, before - perPage), before - 1).reverse();
    const last = value.at(-1);
    return { value, ...(last && last.seq > 1 ? { nextLink: `before=${last.seq}` } : {}) };
  };
  const calls = { GET: () => Promise.resolve({ data: page(count + 1) }) };
  const follow = (link: string) => Promise.resolve(page(Number(link.replace('before=', ''))));
  // Only what the reader uses.
  return { api: { calls, follow } as unknown as Api, requests: () => requests };
}

const known = (messages: readonly Message[], isOutdated = false): History => ({ ...withMessages(noHistory, messages), isOutdated });
const read = async (api: Api, history: History | undefined, reach = 0) =>
  mergeHistory(history, await readNewest(api, 'c1', history, reach, new AbortController().signal));
const numbers = (history: History) => [history.messages[0]?.seq, history.messages.at(-1)?.seq];

describe('reading a conversation', () => {
  it('takes one request if everything is read', async () => {
    const { api, requests } = server(450);
    expect(numbers(await read(api, undefined, 450))).toEqual([351, 450]);
    expect(requests()).toBe(1);
  });

  it('goes back to the first unread message', async () => {
    const { api } = server(450);
    expect(numbers(await read(api, undefined, 240))).toEqual([151, 450]);
  });

  it('fills the gap to the known messages with one request if that is enough', async () => {
    const { api, requests } = server(450);
    const history = await read(api, known(messagesFrom(200, 400)));
    expect(numbers(history)).toEqual([200, 450]);
    expect(hasGap(history)).toBe(false);
    expect(requests()).toBe(1);
  });

  it('reads all known messages again when they are outdated', async () => {
    const { api, requests } = server(450);
    const outdated = messagesFrom(200, 380).map((message) => ({ ...message, text: 'before the edit' }));
    const history = await read(api, known(outdated, true));
    expect(requests()).toBe(3);
    expect(numbers(history)).toEqual([151, 450]);
    expect(history.isOutdated).toBe(false);
  });

  it('drops the known messages rather than show a large gap', async () => {
    const { api, requests } = server(5000);
    const history = await read(api, known(messagesFrom(1, 100)));
    expect(hasGap(history)).toBe(false);
    expect(numbers(history)).toEqual([4501, 5000]);
    expect(requests()).toBe(5);
  });

  it('reads an empty conversation', async () => {
    const { api } = server(0);
    expect((await read(api, undefined)).messages).toEqual([]);
  });
});
