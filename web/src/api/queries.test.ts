import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { describe, expect, it } from 'vitest';
import { pauseReads } from './queries';

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
