import { QueryClient } from '@tanstack/react-query';
import { act, renderHook, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FavouriteMark, FavouriteRequest } from '@/api/types';
import { MeProvider } from '@/members/useMe';
import { aCard, aProfile } from '@/testing/samples';
import { createWrapper } from '@/testing/wrapper';
import { useMarkForm } from './useMarkForm';

describe('the form for the note on a favourite', () => {
  const markedAt = '2026-11-22T09:30:00.000Z';
  let stored: FavouriteMark | undefined;
  let version: number;
  const onSaved = vi.fn();
  const stale = () =>
    new Response(JSON.stringify({ type: '/problems/stale-write', status: 412, title: 'No', detail: 'No.' }), { status: 412 });
  const saveElsewhere = (mark: FavouriteMark | undefined) => {
    stored = mark;
    version++;
  };
  const server = async (request: Request): Promise<Response> => {
    if (request.method === 'PUT') {
      const matches = stored ? request.headers.get('If-Match') === `"${version}"` : request.headers.get('If-None-Match') === '*';
      if (!matches) {
        return stale();
      }

      const { note, lists } = (await request.json()) as FavouriteRequest;
      saveElsewhere({ markedAt, ...(note != null && { note }), lists: lists ?? [] });
      return new Response(null, { status: 204 });
    }

    return stored
      ? new Response(JSON.stringify(stored), { headers: { ETag: `"${version}"` } })
      : new Response(JSON.stringify({ type: '/problems/not-found', status: 404 }), { status: 404 });
  };
  const open = async () => {
    const cache = new QueryClient();
    const Wrapper = createWrapper(cache, { done: vi.fn(), refuse: vi.fn() });
    const { result, unmount } = renderHook(
      () => useMarkForm(aCard({ favourite: true, mark: { markedAt, note: 'Old', lists: [] } }), onSaved),
      {
        wrapper: ({ children }) => (
          <Wrapper>
            <MeProvider value={aProfile({ id: 'nordlys' })}>{children}</MeProvider>
          </Wrapper>
        ),
      },
    );
    await waitFor(() => expect(cache.isFetching()).toBe(0));
    return { form: () => result.current, unmount };
  };

  beforeEach(() => {
    stored = { markedAt, note: 'Old', lists: [] };
    version = 1;
    vi.stubGlobal(
      'fetch',
      vi.fn((request: Request) => server(request)),
    );
    vi.stubGlobal(
      'BroadcastChannel',
      class {
        postMessage = vi.fn();
        close = vi.fn();
      },
    );
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.clearAllMocks();
    localStorage.clear();
  });

  it('saves what is typed, with a list whose name is typed', async () => {
    const { form } = await open();
    act(() => form().edit({ note: ' New ', added: ' Spring ' }));
    act(() => form().save());
    await waitFor(() => expect(onSaved).toHaveBeenCalled());
    expect(stored).toEqual({ markedAt, note: 'New', lists: ['Spring'] });
    expect(localStorage).toHaveLength(0);
  });

  it('shows what another device saved before anything is typed', async () => {
    saveElsewhere({ markedAt, note: 'Newer', lists: ['Spring'] });
    const { form } = await open();
    expect(form().draft).toEqual({ note: 'Newer', lists: ['Spring'], added: '' });
    expect(form().isOutdated).toBe(false);
  });

  it('overwrites nothing that was saved elsewhere meanwhile until the member has seen it', async () => {
    const { form } = await open();
    act(() => form().edit({ note: 'Mine' }));
    saveElsewhere({ markedAt, note: 'Theirs', lists: [] });
    act(() => form().save());
    await waitFor(() => expect(form().isOutdated).toBe(true));
    expect(stored?.note).toBe('Theirs');
    expect(form().saved.note).toBe('Theirs');
    expect(form().draft.note).toBe('Mine');
    expect(onSaved).not.toHaveBeenCalled();

    act(() => form().keepMine());
    act(() => form().save());
    await waitFor(() => expect(onSaved).toHaveBeenCalled());
    expect(stored?.note).toBe('Mine');
  });

  it('takes what was saved elsewhere in place of what is typed', async () => {
    const { form } = await open();
    act(() => form().edit({ note: 'Mine' }));
    saveElsewhere({ markedAt, note: 'Theirs', lists: [] });
    act(() => form().save());
    await waitFor(() => expect(form().isOutdated).toBe(true));
    act(() => form().discard());
    expect(form().draft.note).toBe('Theirs');
    expect(form().isOutdated).toBe(false);
  });

  it('does not bring back a favourite that was taken away meanwhile without asking', async () => {
    const { form } = await open();
    act(() => form().edit({ note: 'Mine' }));
    saveElsewhere(undefined);
    act(() => form().save());
    await waitFor(() => expect(form().isOutdated).toBe(true));
    expect(stored).toBeUndefined();

    act(() => form().keepMine());
    act(() => form().save());
    await waitFor(() => expect(stored?.note).toBe('Mine'));
  });

  it('saves again where the mark was made anew with the same note', async () => {
    const { form } = await open();
    act(() => form().edit({ note: 'Mine' }));
    saveElsewhere({ markedAt: '2026-11-23T09:30:00.000Z', note: 'Old', lists: [] });
    act(() => form().save());
    await waitFor(() => expect(stored?.note).toBe('Mine'));
  });

  it('keeps what is typed when it is closed, until it is discarded', async () => {
    const before = await open();
    act(() => before.form().edit({ note: 'Half a' }));
    before.unmount();

    const { form } = await open();
    expect(form().draft.note).toBe('Half a');
    act(() => form().discard());
    expect(form().draft.note).toBe('Old');
    expect(localStorage).toHaveLength(0);
  });
});
