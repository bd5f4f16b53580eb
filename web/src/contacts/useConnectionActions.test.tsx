import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiProvider, createApi } from '@/api/client';
import type { Pages } from '@/api/pages';
import { keys } from '@/api/queries';
import type { CallersCard, Relation } from '@/api/types';
import { MeProvider } from '@/members/useMe';
import { draftKey, writeDraft } from '@/session/drafts';
import { aCard, aContact } from '@/testing/samples';
import { type Toasts, ToastsContext } from '@/ui/toasts';
import { showContact, cachedRelation } from './contactsCache';
import { useDecline, useInvite, useRevoke } from './useConnectionActions';

const me = { id: 'nordlys', displayName: 'Linnea Berg', categories: [], tags: [], platforms: [], languages: [], listed: false };
const note = draftKey(me.id, 'note', 'mira');

describe('an action on a connection', () => {
  let cache: QueryClient;
  let answer: (response: Response) => void;
  const toasts = { done: vi.fn<Toasts['done']>(() => vi.fn()), refuse: vi.fn<Toasts['refuse']>() };
  const relation = () => cachedRelation(cache, 'mira');
  const wrapper = ({ children }: { readonly children: ReactNode }) => (
    <QueryClientProvider client={cache}>
      <ApiProvider value={createApi('', { token: () => Promise.resolve('t'), renew: () => Promise.resolve(undefined) })}>
        <ToastsContext value={toasts}>
          <MeProvider value={me}>{children}</MeProvider>
        </ToastsContext>
      </ApiProvider>
    </QueryClientProvider>
  );
  const stands = (between: Relation) =>
    cache.setQueryData<Pages<CallersCard>>(keys.creators({}), {
      pages: [{ value: [aCard({ relation: between })] }],
      pageParams: [undefined],
    });
  const refusal = (status: number, document: object) => new Response(JSON.stringify({ status, ...document }), { status });
  const answered = async (response: Response) => {
    await waitFor(() => expect(fetch).toHaveBeenCalled());
    await act(async () => {
      answer(response);
      await Promise.resolve();
    });
  };

  beforeEach(() => {
    cache = new QueryClient();
    vi.stubGlobal(
      'fetch',
      vi.fn<typeof fetch>(() => new Promise((resolve) => (answer = resolve))),
    );
    writeDraft(note, 'Hello');
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.clearAllMocks();
    localStorage.clear();
  });

  it.each([
    [undefined, ''],
    [{ reason: 'not-now' as const, until: '2027-03-01' }, '{"reason":"not-now","until":"2027-03-01"}'],
  ])('declines with the reason, if there is one: %j', async (why, sent) => {
    const { result } = renderHook(() => useDecline(), { wrapper });
    act(() => result.current.mutate({ connectionId: 'c1', other: aCard(), why }));
    await answered(new Response(JSON.stringify(aContact({ state: 'declined', direction: 'received' }))));

    const request = vi.mocked(fetch).mock.lastCall?.[0];
    expect(request instanceof Request && (await request.clone().text())).toBe(sent);
    await waitFor(() => expect(toasts.done).toHaveBeenCalledWith('The invite of Mira Lund is declined'));
  });

  it('is shown at once, and deletes the note’s draft once it is sent', async () => {
    stands({ state: 'none' });
    const { result } = renderHook(() => useInvite(), { wrapper });
    act(() => result.current.mutate({ to: aCard(), note: 'Hello' }));
    await waitFor(() => expect(relation()).toEqual({ state: 'invited' }));
    expect(localStorage.getItem(note)).toBe('Hello');

    await answered(new Response(JSON.stringify(aContact()), { status: 201 }));
    await waitFor(() => expect(relation()).toEqual({ state: 'invited', connectionId: 'c1' }));
    expect(localStorage.getItem(note)).toBeNull();
    expect(toasts.done).toHaveBeenCalledWith('Mira Lund is invited');
  });

  it.each([
    {
      stands: { note: 'The first note' },
      said: ['Mira Lund is invited', 'Your note was not sent: you had invited them already, with the note “The first note”'],
      kept: 'Hello',
    },
    { stands: {}, said: ['Mira Lund is invited', 'Your note was not sent: you had invited them already, without a note.'], kept: 'Hello' },
    {
      stands: { state: 'connected' as const, direction: 'received' as const, note: 'Theirs' },
      said: ['You and Mira Lund are connected', 'Your note was not sent. You can write a message now.'],
      kept: 'Hello',
    },
    { stands: { note: 'Hello' }, said: ['Mira Lund is invited'], kept: null },
  ])('that was taken already says which note stands: $stands', async ({ stands: contact, said, kept }) => {
    stands({ state: 'none' });
    const { result } = renderHook(() => useInvite(), { wrapper });
    act(() => result.current.mutate({ to: aCard(), note: 'Hello' }));
    await answered(new Response(JSON.stringify(aContact(contact)), { status: 200 }));
    await waitFor(() => expect(toasts.done).toHaveBeenCalledWith(...said));
    expect(localStorage.getItem(note)).toBe(kept);
  });

  it('is undone with the reason when it is refused, and keeps the note’s draft', async () => {
    stands({ state: 'none' });
    const { result } = renderHook(() => useInvite(), { wrapper });
    act(() => result.current.mutate({ to: aCard(), note: 'Hello' }));
    await answered(
      refusal(429, {
        type: '/problems/invite-limit-day',
        title: 'All sent',
        detail: 'Go on tomorrow (UTC).',
        until: '2026-11-23T00:00:00.000Z',
      }),
    );
    await waitFor(() =>
      expect(toasts.refuse).toHaveBeenCalledWith('Mira Lund was not invited', expect.stringMatching(/^Go on tomorrow \(UTC\)\. .*2026/)),
    );
    expect(relation()).toEqual({ state: 'none' });
    expect(localStorage.getItem(note)).toBe('Hello');
  });

  it('that is refused does not undo a newer live event', async () => {
    stands({ state: 'invited', connectionId: 'c1' });
    const { result } = renderHook(() => useRevoke(), { wrapper });
    act(() => result.current.mutate({ connectionId: 'c1', other: aCard() }));
    await waitFor(() => expect(relation()).toEqual({ state: 'locked' }));
    // It is sent at once when the page is closed.
    expect(fetch).not.toHaveBeenCalled();
    window.dispatchEvent(new Event('pagehide'));
    showContact(cache, aContact({ state: 'connected', answeredAt: '2026-11-22T10:00:00.000Z' }));
    await answered(
      refusal(409, {
        type: '/problems/invite-not-pending',
        title: 'No longer pending',
        detail: 'It was accepted: you are connected.',
        state: 'connected',
      }),
    );
    await waitFor(() => expect(toasts.refuse).toHaveBeenCalled());
    expect(relation()).toEqual({ state: 'connected', connectionId: 'c1' });
  });

  it('can be undone for ten seconds if it is a revoke, and is sent after them', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    try {
      stands({ state: 'invited', connectionId: 'c1' });
      const { result } = renderHook(() => useRevoke(), { wrapper });
      const revoke = () => act(() => result.current.mutate({ connectionId: 'c1', other: aCard() }));

      revoke();
      await waitFor(() => expect(toasts.done).toHaveBeenCalledOnce());
      act(() => toasts.done.mock.lastCall?.[2]?.run());
      await waitFor(() => expect(relation()).toEqual({ state: 'invited', connectionId: 'c1' }));
      await act(() => vi.advanceTimersByTimeAsync(20_000));
      expect(fetch).not.toHaveBeenCalled();
      expect(toasts.refuse).not.toHaveBeenCalled();

      revoke();
      await act(() => vi.advanceTimersByTimeAsync(9_000));
      expect(fetch).not.toHaveBeenCalled();
      await act(() => vi.advanceTimersByTimeAsync(1_500));
      expect(fetch).toHaveBeenCalledOnce();
    } finally {
      vi.useRealTimers();
    }
  });
});
