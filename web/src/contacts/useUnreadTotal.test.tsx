import { QueryClient } from '@tanstack/react-query';
import { renderHook, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createWrapper } from '@/testing/wrapper';
import { useUnreadTotal } from './useContacts';

describe('the unread total', () => {
  let unread: number;
  let calls: string[];
  const show = (known: number, isComplete: boolean) =>
    renderHook((props: { known: number; isComplete: boolean }) => useUnreadTotal(props.known, props.isComplete), {
      initialProps: { known, isComplete },
      wrapper: createWrapper(new QueryClient(), { done: vi.fn(), refuse: vi.fn() }),
    });

  beforeEach(() => {
    unread = 12;
    calls = [];
    vi.stubGlobal(
      'fetch',
      vi.fn((request: Request) => {
        calls.push(new URL(request.url).pathname);
        return Promise.resolve(new Response(JSON.stringify({ unread }), { headers: { 'Content-Type': 'application/json' } }));
      }),
    );
  });
  afterEach(() => vi.unstubAllGlobals());

  it('is the sum of the connections, without a call, when all of them were read', () => {
    expect(show(3, true).result.current).toBe(3);
    expect(calls).toEqual([]);
  });

  it('is what the server counts when there are more connections, and is counted again when the sum changes', async () => {
    const { result, rerender } = show(3, false);
    expect(result.current).toBe(3);
    await waitFor(() => expect(result.current).toBe(12));

    unread = 13;
    rerender({ known: 4, isComplete: false });
    expect(result.current).toBe(12);
    await waitFor(() => expect(result.current).toBe(13));

    unread = 11;
    rerender({ known: 3, isComplete: false });
    await waitFor(() => expect(result.current).toBe(11));
    expect(calls).toEqual(Array(3).fill('/api/connections/unread'));
  });

  it('is never less than what is seen to be unread', async () => {
    unread = 1;
    const { result } = show(3, false);
    await waitFor(() => expect(calls).toHaveLength(1));
    expect(result.current).toBe(3);
  });
});
