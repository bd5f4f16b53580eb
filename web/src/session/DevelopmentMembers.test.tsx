import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import type { DevelopmentSignIn } from './development';
import { DevelopmentMembers } from './DevelopmentMembers';

it('says in the page what is wrong with an id, and signs nobody in until it is right', async () => {
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json([])));
  const as = vi.fn(() => new Promise(() => undefined));
  render(
    <QueryClientProvider client={new QueryClient()}>
      <DevelopmentMembers signIn={{ as } as unknown as DevelopmentSignIn} onSignedIn={() => undefined} />
    </QueryClientProvider>,
  );
  const id = await screen.findByLabelText('Id');
  const signIn = screen.getByRole('button', { name: 'Sign in' });

  await userEvent.type(id, 'two words');
  await userEvent.click(signIn);
  expect(screen.getByText('Write up to 128 letters, digits or . _ ~ -')).toBeDefined();
  expect(document.activeElement).toBe(id);
  expect(as).not.toHaveBeenCalled();

  await userEvent.clear(id);
  await userEvent.type(id, ' nina-1 ');
  await userEvent.click(signIn);
  await vi.waitFor(() => expect(as).toHaveBeenCalledWith({ sub: 'nina-1', email: 'nina-1@example.com' }));
});
