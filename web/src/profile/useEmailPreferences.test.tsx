import { QueryClient } from '@tanstack/react-query';
import { act, renderHook, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createWrapper } from '@/testing/wrapper';
import type { Toasts } from '@/ui/toasts';
import { type Notices, useChangeEmailPreferences, useEmailPreferences } from './useEmailPreferences';

const all: Notices = { inviteReceived: true, inviteAccepted: true, reminder: true, unreadMessages: true };

describe('email preferences', () => {
  // A server whose ETag grows, and which responds when the test says so.
  let stored: { notices: Notices; version: number };
  let gate: Promise<void>;
  const toasts = { done: vi.fn<Toasts['done']>(), refuse: vi.fn<Toasts['refuse']>() };
  const etag = () => `"${stored.version}"`;
  const server = async (request: Request): Promise<Response> => {
    if (request.method === 'PUT') {
      const { notices } = (await request.json()) as { notices: Partial<Notices> };
      await gate;
      if (request.headers.get('If-Match') !== etag()) {
        return new Response(JSON.stringify({ type: '/problems/stale-write', title: 'Stale', detail: 'Send the new ETag.', status: 412 }), {
          status: 412,
        });
      }

      stored = { notices: { ...stored.notices, ...notices }, version: stored.version + 1 };
    }

    return new Response(JSON.stringify({ notices: stored.notices }), { headers: { ETag: etag() } });
  };
  const open = async () => {
    const { result } = renderHook(() => ({ read: useEmailPreferences(), change: useChangeEmailPreferences() }), {
      wrapper: createWrapper(new QueryClient(), toasts),
    });
    await waitFor(() => expect(result.current.read.isSuccess).toBe(true));
    return {
      shown: () => result.current.read.data?.choices,
      change: (change: Partial<Notices>) => act(() => result.current.change.mutate(change)),
    };
  };

  beforeEach(() => {
    stored = { notices: all, version: 1 };
    gate = Promise.resolve();
    vi.stubGlobal(
      'fetch',
      vi.fn((request: Request) => server(request)),
    );
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.clearAllMocks();
  });

  it('show a choice before the server responds', async () => {
    let answer: () => void = () => undefined;
    gate = new Promise((resolve) => (answer = resolve));
    const page = await open();
    page.change({ reminder: false });
    await waitFor(() => expect(page.shown()?.reminder).toBe(false));
    expect(stored.notices.reminder).toBe(true);

    answer();
    await waitFor(() => expect(stored.notices.reminder).toBe(false));
  });

  it('send two quick choices one after the other, each with the ETag of the previous one', async () => {
    const page = await open();
    page.change({ reminder: false });
    page.change({ unreadMessages: false });
    await waitFor(() => expect(stored).toEqual({ notices: { ...all, reminder: false, unreadMessages: false }, version: 3 }));
    expect(page.shown()).toEqual(stored.notices);
    expect(toasts.refuse).not.toHaveBeenCalled();
  });

  it('revert to the choice made elsewhere if it is newer', async () => {
    const page = await open();
    stored = { notices: { ...all, inviteReceived: false }, version: 2 };
    page.change({ reminder: false });
    await waitFor(() => expect(page.shown()).toEqual({ ...all, inviteReceived: false }));
    expect(toasts.refuse).toHaveBeenCalledExactlyOnceWith('Your choice was not saved', expect.stringContaining('changed elsewhere'));
  });
});
