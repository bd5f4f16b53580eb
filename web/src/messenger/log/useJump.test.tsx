import { QueryClient } from '@tanstack/react-query';
import { act, renderHook, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keys } from '@/api/queries';
import type { Message } from '@/api/types';
import type { SearchHit } from '@/messenger/search/useMessageSearch';
import { messagesFrom } from '@/testing/samples';
import { createWrapper } from '@/testing/wrapper';
import { logRows } from './logRows';
import { useJump } from './useJump';

const rowsOf = (messages: readonly Message[]) =>
  logRows({ me: 'brand', messages, unsent: [], isComplete: false, newAfter: undefined, otherReadSeq: 0 });

describe('a jump', () => {
  const show = vi.fn();
  const refuse = vi.fn();
  const open = (found?: SearchHit) => {
    const cache = new QueryClient();
    cache.setQueryData(keys.messages('c1'), { messages: messagesFrom(50, 60) });
    return renderHook(
      (props: { readonly from: number; readonly found: SearchHit | undefined }) =>
        useJump('c1', rowsOf(messagesFrom(props.from, 60)), props.found, show),
      {
        initialProps: { from: 50, found },
        wrapper: createWrapper(cache, { done: vi.fn(), refuse }),
      },
    );
  };

  beforeEach(() => {
    vi.clearAllMocks();
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('offline')));
  });
  afterEach(() => vi.unstubAllGlobals());

  it('to a message that cannot be loaded says so, and does not move the log when that is loaded later', async () => {
    const { result, rerender } = open();
    act(() => result.current.open(60, 5));
    await waitFor(() => expect(refuse).toHaveBeenCalledOnce());
    expect(result.current.canGoBack).toBe(false);
    rerender({ from: 5, found: undefined });
    expect(show).not.toHaveBeenCalled();
  });

  it('to a quoted message takes the keyboard there, and one to a message that was found does not', () => {
    const { result, rerender } = open();
    act(() => result.current.open(60, 55));
    expect(show).toHaveBeenLastCalledWith(5, true);
    rerender({ from: 50, found: { seq: 57, text: 'x' } });
    expect(show).toHaveBeenLastCalledWith(7, false);
    expect(result.current.target).toBe(57);
    rerender({ from: 50, found: undefined });
    expect(result.current.target).toBeUndefined();
    expect(show).toHaveBeenCalledTimes(2);
  });
});
