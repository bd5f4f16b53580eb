import { QueryClient } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MeProvider } from '@/members/useMe';
import { aContact, aMessage, aProfile } from '@/testing/samples';
import { createWrapper } from '@/testing/wrapper';
import { MessageSearch } from './MessageSearch';

describe('the search in a conversation', () => {
  const onFound = vi.fn();
  const open = () => {
    const Wrapper = createWrapper(new QueryClient(), { done: vi.fn(), refuse: vi.fn() });
    render(
      <Wrapper>
        <MeProvider value={aProfile()}>
          <MessageSearch contact={aContact()} onFound={onFound} onClose={vi.fn()} />
        </MeProvider>
      </Wrapper>,
    );
    return screen.getByRole('searchbox');
  };

  beforeEach(() => {
    vi.clearAllMocks();
    vi.stubGlobal('fetch', () =>
      Promise.resolve(
        new Response(JSON.stringify({ value: [9, 4].map((seq) => aMessage({ seq, text: 'a wall' })) }), {
          headers: { 'Content-Type': 'application/json' },
        }),
      ),
    );
  });
  afterEach(() => vi.unstubAllGlobals());

  it('leaves the focus on a button whose way is at its end', async () => {
    await userEvent.type(open(), 'wall');
    await screen.findByRole('button', { name: '2 messages found' });
    const earlier = screen.getByRole('button', { name: 'Earlier message found' });
    await userEvent.click(earlier);
    await userEvent.click(earlier);
    await userEvent.click(earlier);
    expect(onFound).toHaveBeenLastCalledWith({ seq: 4, text: 'wall' });
    // The browser takes the focus from a button that is disabled.
    expect((earlier as HTMLButtonElement).disabled).toBe(false);
    expect(earlier.getAttribute('aria-disabled')).toBe('true');
  });

  it('searches by Enter for what is typed, before it goes anywhere', async () => {
    const field = open();
    await userEvent.type(field, 'wall');
    await screen.findByRole('button', { name: '2 messages found' });
    onFound.mockClear();
    await userEvent.type(field, 's{Enter}');
    expect(onFound.mock.calls).toEqual([[undefined]]);
  });
});
