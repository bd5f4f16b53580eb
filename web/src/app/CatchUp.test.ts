import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Api } from '@/api/client';
import { Problem } from '@/api/problem';
import type { ChangesPage, ContactChange } from '@/api/types';
import { aContact } from '@/testing/samples';
import { CatchUp } from './CatchUp';

const page = (next: string, ids: readonly string[] = [], nextLink?: string): ChangesPage => ({
  value: ids.map((id) => ({ contact: aContact({ id }), messages: [] })),
  next,
  unread: 0,
  ...(nextLink && { nextLink }),
});

describe('catching up', () => {
  const get = vi.fn<(path: string, options?: { params: { query: { since: string } } }) => Promise<{ data: ChangesPage }>>();
  const follow = vi.fn<(link: string) => Promise<ChangesPage>>();
  const shown: string[] = [];
  const refresh = vi.fn<() => void>();
  let changes: CatchUp;
  const asked = () => get.mock.calls.map(([, options]) => options?.params.query.since);

  beforeEach(() => {
    get.mockReset();
    follow.mockReset();
    refresh.mockReset();
    shown.length = 0;
    // Only what it uses.
    const api = { calls: { GET: get }, follow } as unknown as Api;
    changes = new CatchUp(api, { refresh, showChange: ({ contact }: ContactChange) => shown.push(contact.id) });
  });

  it('begins with a token, and reads everything again after it', async () => {
    get.mockImplementation(() => {
      expect(refresh).not.toHaveBeenCalled();
      return Promise.resolve({ data: page('one') });
    });
    await changes.run();
    expect(asked()).toEqual([undefined]);
    expect(refresh).toHaveBeenCalledOnce();
  });

  it('shows every page of what changed, and goes on from there', async () => {
    get.mockResolvedValueOnce({ data: page('one') }).mockResolvedValueOnce({ data: page('two', ['a', 'b'], 'next') });
    follow.mockResolvedValue(page('three', ['c']));
    get.mockResolvedValue({ data: page('three') });
    await changes.run();
    await changes.run();
    await changes.run();
    expect(asked()).toEqual([undefined, 'one', 'three']);
    expect(shown).toEqual(['a', 'b', 'c']);
    expect(refresh).toHaveBeenCalledOnce();
  });

  it('goes on from the last page that it showed after a failure', async () => {
    get.mockResolvedValueOnce({ data: page('one') }).mockResolvedValueOnce({ data: page('two', ['a'], 'next') });
    follow.mockRejectedValueOnce(Problem.offline());
    get.mockResolvedValue({ data: page('three', ['b']) });
    await changes.run();
    await changes.run();
    await changes.run();
    expect(asked()).toEqual([undefined, 'one', 'two']);
    expect(shown).toEqual(['a', 'b']);
  });

  it('begins anew when its token is too old', async () => {
    const expired = new Response(
      JSON.stringify({ type: '/problems/changes-expired', title: 't', status: 410, detail: 'd', traceId: 'x' }),
      { status: 410, headers: { 'content-type': 'application/problem+json' } },
    );
    get.mockResolvedValueOnce({ data: page('one') }).mockRejectedValueOnce(await Problem.of(expired));
    get.mockResolvedValue({ data: page('two') });
    await changes.run();
    await changes.run();
    expect(asked()).toEqual([undefined, 'one', undefined]);
    expect(refresh).toHaveBeenCalledTimes(2);
  });

  it('catches up again some seconds after a gap, for what was under way', async () => {
    vi.useFakeTimers();
    get.mockResolvedValue({ data: page('one') });
    const stop = changes.poll(() => true);
    changes.afterGap();
    await vi.advanceTimersByTimeAsync(9_000);
    expect(asked()).toEqual([undefined, 'one']);
    changes.afterGap();
    stop();
    await vi.advanceTimersByTimeAsync(300_000);
    expect(asked()).toEqual([undefined, 'one', 'one']);
    vi.useRealTimers();
  });

  it('asks now and then, more often without a live connection', async () => {
    vi.useFakeTimers();
    get.mockResolvedValue({ data: page('one') });
    let isLive = true;
    const stop = changes.poll(() => isLive);
    await vi.advanceTimersByTimeAsync(115_000);
    expect(asked()).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(asked()).toHaveLength(1);
    isLive = false;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked().length).toBeGreaterThanOrEqual(6);
    stop();
    vi.useRealTimers();
  });

  it('catches up once more for all that was missed meanwhile', async () => {
    get.mockResolvedValue({ data: page('one') });
    await Promise.all([changes.run(), changes.run(), changes.run()]);
    expect(asked()).toEqual([undefined, 'one']);
  });
});
