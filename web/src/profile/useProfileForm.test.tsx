import { QueryClient } from '@tanstack/react-query';
import { act, renderHook, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Profile, ProfileChange } from '@/api/types';
import { useOwnProfile } from '@/members/useMe';
import { createWrapper } from '@/testing/wrapper';
import { aProfile } from '@/testing/samples';
import type { Toasts } from '@/ui/toasts';
import { useProfileForm } from './useProfileForm';

describe('the profile form', () => {
  let stored: Profile;
  let version: number;
  let gate: Promise<void>;
  const toasts = { done: vi.fn<Toasts['done']>(), refuse: vi.fn<Toasts['refuse']>() };
  const problem = (status: number, document: object) =>
    new Response(JSON.stringify({ status, title: 'No', detail: 'No.', ...document }), { status });
  const server = async (request: Request): Promise<Response> => {
    if (request.method === 'PUT') {
      const change = (await request.json()) as ProfileChange;
      await gate;
      if (request.headers.get('If-Match') !== `"${version}"`) {
        return problem(412, { type: '/problems/stale-write' });
      }

      if (change.website?.startsWith('http:')) {
        return problem(400, { type: '/problems/invalid-input', errors: { website: ['Must be an https address.'] } });
      }

      // The server trims texts.
      stored = { ...aProfile(), ...(change as Partial<Profile>), displayName: change.displayName.trim() };
      version++;
    }

    return new Response(JSON.stringify(stored), { headers: { ETag: `"${version}"` } });
  };
  const open = async () => {
    const cache = new QueryClient();
    const { result, unmount } = renderHook(
      () => {
        const own = useOwnProfile();
        return useProfileForm(own.data ?? { profile: stored, etag: `"${version}"` }, () => void own.refetch());
      },
      { wrapper: createWrapper(cache, toasts) },
    );
    await waitFor(() => expect(cache.isFetching()).toBe(0));
    return { form: () => result.current, unmount };
  };

  beforeEach(() => {
    stored = aProfile();
    version = 1;
    gate = Promise.resolve();
    vi.stubGlobal(
      'fetch',
      vi.fn((request: Request) => server(request)),
    );
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.clearAllMocks();
    localStorage.clear();
  });

  it('keeps edits across a reload until they are saved', async () => {
    const before = await open();
    act(() => before.form().edit({ displayName: 'Mira L. ' }));
    before.unmount();

    const { form } = await open();
    expect(form().draft.displayName).toBe('Mira L. ');
    expect(form().isChanged).toBe(true);

    act(() => form().save());
    await waitFor(() => expect(form().isChanged).toBe(false));
    expect(form().draft.displayName).toBe('Mira L.');
    expect(localStorage).toHaveLength(0);
  });

  it('is unchanged again when an edit is undone by hand', async () => {
    const { form } = await open();
    act(() => form().edit({ headline: 'New' }));
    act(() => form().edit({ headline: aProfile().headline ?? '' }));
    expect(form().isChanged).toBe(false);
    expect(localStorage).toHaveLength(0);
  });

  it("shows the server's errors at their fields, and keeps the edits", async () => {
    const { form } = await open();
    act(() => form().edit({ website: 'http://example.com', bio: 'New' }));
    act(() => form().save());
    await waitFor(() => expect(form().errors).toEqual({ website: ['Must be an https address.'] }));
    expect(form().draft).toMatchObject({ website: 'http://example.com', bio: 'New' });

    act(() => form().edit({ website: 'https://example.com' }));
    expect(form().errors).toEqual({});
  });

  it('never overwrites a change made elsewhere, but shows it beside the edits', async () => {
    const { form } = await open();
    act(() => form().edit({ headline: 'Mine' }));
    stored = aProfile({ headline: 'Theirs', bio: 'Theirs' });
    version = 2;
    act(() => form().save());
    await waitFor(() => expect(form().isOutdated).toBe(true));
    expect(stored.headline).toBe('Theirs');
    expect(form().draft.headline).toBe('Mine');

    act(() => form().edit({ bio: 'Theirs' }));
    expect(form().isOutdated).toBe(true);
    act(() => form().keepMine());
    act(() => form().save());
    await waitFor(() => expect(stored).toMatchObject({ headline: 'Mine', bio: 'Theirs' }));
    await waitFor(() => expect(form().isChanged).toBe(false));
  });

  it('keeps what is typed while it is being saved', async () => {
    let answer: () => void = () => undefined;
    gate = new Promise((resolve) => (answer = resolve));
    const { form } = await open();
    act(() => form().edit({ bio: 'One' }));
    act(() => form().save());
    act(() => form().edit({ bio: 'One and two' }));
    answer();
    await waitFor(() => expect(stored.bio).toBe('One'));
    await waitFor(() => expect(form().isSaving).toBe(false));
    expect(form().draft.bio).toBe('One and two');
    expect(form().isOutdated).toBe(false);

    act(() => form().save());
    await waitFor(() => expect(stored.bio).toBe('One and two'));
  });
});
