import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import { Problem } from './problem';
import { keys, pauseReads, readMeIfOut } from './queries';

const key = ['creators', {}];

/** A read that the test answers by hand. */
function aRead(cache: QueryClient) {
  const answers: ((value: string) => void)[] = [];
  const observer = new QueryObserver(cache, {
    queryKey: key,
    queryFn: () => new Promise<string>((resolve) => answers.push(resolve)),
    retry: false,
  });
  const stop = observer.subscribe(() => undefined);
  return { answers, stop };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('reads under way during an action', () => {
  it('do not overwrite the action’s state, and are repeated after it', async () => {
    const cache = new QueryClient();
    const { answers, stop } = aRead(cache);
    answers[0]?.('before');
    await settled();

    void cache.invalidateQueries({ queryKey: key });
    await settled();
    const resume = pauseReads(cache, [['creators']]);
    cache.setQueryData(key, 'optimistic');
    answers[1]?.('stale');
    await settled();
    expect(cache.getQueryData(key)).toBe('optimistic');

    resume();
    await settled();
    answers[2]?.('after');
    await settled();
    expect(cache.getQueryData(key)).toBe('after');
    stop();
  });

  it('that are first reads continue, and are repeated after the action', async () => {
    const cache = new QueryClient();
    const { answers, stop } = aRead(cache);
    const resume = pauseReads(cache, [['creators']]);
    resume();
    answers[0]?.('of before, or not');
    await settled();
    answers[1]?.('after');
    await settled();
    expect(cache.getQueryData(key)).toBe('after');
    stop();
  });

  it('that have no observer are not repeated', async () => {
    const cache = new QueryClient();
    const { answers, stop } = aRead(cache);
    answers[0]?.('before');
    await settled();
    pauseReads(cache, [['creators']])();
    await settled();
    expect(answers.length).toBe(1);
    stop();
  });
});

describe('a member who may not use the product any more', () => {
  const refusedWith = (code: string) => Problem.because(code, 'Refused', 'Refused.');

  /** The member's profile as a page shows it, and how often it was read. */
  async function readMe() {
    const cache = new QueryClient();
    let reads = 0;
    const observer = new QueryObserver(cache, { queryKey: keys.me, queryFn: () => Promise.resolve(++reads), staleTime: Infinity });
    observer.subscribe(() => undefined);
    await settled();
    return { cache, reads: () => reads };
  }

  it('is read again after each refusal of the suspended, and stays shown meanwhile', async () => {
    const { cache, reads } = await readMe();
    readMeIfOut(cache, refusedWith('suspended'));
    readMeIfOut(cache, refusedWith('suspended'));
    expect(cache.getQueryData(keys.me)).toBe(1);
    await settled();
    expect(reads()).toBe(2);
  });

  it('is not shown any more once their profile is erased', async () => {
    const { cache, reads } = await readMe();
    readMeIfOut(cache, refusedWith('profile-erased'));
    expect(cache.getQueryData(keys.me)).toBeUndefined();
    await settled();
    expect(reads()).toBe(2);
  });

  it('is not read again after any other refusal', async () => {
    const { cache, reads } = await readMe();
    readMeIfOut(cache, refusedWith('rate-limit'));
    await settled();
    expect(reads()).toBe(1);
  });
});
