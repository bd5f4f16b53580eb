import { QueryClient } from '@tanstack/react-query';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SessionContext, type SessionState } from '@/session/useSession';
import { createWrapper } from '@/testing/wrapper';
import { SavedTextsDialog } from './SavedTextsDialog';

describe('the dialog of saved texts', () => {
  let stored = [{ text: 'My rates' }, { text: 'My address' }];
  const focused = () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent;

  beforeEach(() => {
    stored = [{ text: 'My rates' }, { text: 'My address' }];
    Object.assign(HTMLDialogElement.prototype, { showModal: vi.fn(), close: vi.fn() });
    vi.stubGlobal('fetch', async (request: Request) => {
      if (request.method === 'PUT') {
        stored = ((await request.json()) as { value: typeof stored }).value;
      }

      return new Response(JSON.stringify({ value: stored }), { headers: { 'Content-Type': 'application/json', ETag: '"1"' } });
    });
    const Wrapper = createWrapper(new QueryClient(), { done: vi.fn(), refuse: vi.fn() });
    render(
      <Wrapper>
        <SessionContext value={{ config: { limits: { message: 4_000 } } } as unknown as SessionState}>
          <SavedTextsDialog adding={undefined} onClose={vi.fn()} />
        </SessionContext>
      </Wrapper>,
    );
  });
  afterEach(() => vi.unstubAllGlobals());

  it('keeps the keyboard when a text is deleted and that is undone', async () => {
    await userEvent.click(await screen.findByRole('button', { name: 'Delete My address', hidden: true }));
    await waitFor(() => expect(stored).toHaveLength(1));
    await waitFor(() => expect(focused()).toBe('Change My rates'));
    await userEvent.click(screen.getByRole('button', { name: 'Undo', hidden: true }));
    await waitFor(() => expect(stored).toHaveLength(2));
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Undo', hidden: true })).toBeNull());
    expect(document.activeElement).not.toBe(document.body);
  });

  it('takes the keyboard to the text that is changed, and back', async () => {
    await userEvent.click(await screen.findByRole('button', { name: 'Change My rates', hidden: true }));
    expect(document.activeElement).toBe(screen.getByLabelText('Text'));
    await userEvent.click(screen.getByRole('button', { name: 'Cancel', hidden: true }));
    expect(focused()).toBe('Add a text');
  });
});
