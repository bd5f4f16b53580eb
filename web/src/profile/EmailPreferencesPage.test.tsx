import { QueryClient } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { EmailPreferences } from '@/api/types';
import { createWrapper } from '@/testing/wrapper';
import { EmailPreferencesPage } from './EmailPreferencesPage';

describe('the email preferences page', () => {
  const open = async (answer: Omit<EmailPreferences, 'notices'>) => {
    vi.stubGlobal('fetch', () => Promise.resolve(new Response(JSON.stringify({ notices: { reminder: true }, ...answer }))));
    const Inside = createWrapper(new QueryClient(), { done: vi.fn(), refuse: vi.fn() });
    render(<EmailPreferencesPage />, { wrapper: Inside });
    await screen.findByRole('button', { name: 'Stop all emails' });
    return document.body.textContent;
  };

  afterEach(() => {
    vi.unstubAllGlobals();
    document.body.replaceChildren();
  });

  it('shows the address', async () => {
    const text = await open({ address: 'anna@xn--mnchen-3ya.de' });
    expect(text).toContain('Emails go to anna@xn--mnchen-3ya.de.');
    expect(text).not.toContain('No email can reach you');
  });

  it('shows the address that bounces, and says so', async () => {
    const text = await open({ address: 'anna@example.com', addressProblem: 'bounces' });
    expect(text).toContain('Emails go to anna@example.com.');
    expect(text).toContain('Emails to this address come back');
    expect(await screen.findByRole('button', { name: 'Send a link' })).toBeTruthy();
  });

  it.each([
    ['missing', 'has no email address. Enter one below'],
    ['unverified', 'is not confirmed. Enter it below'],
    ['not-deliverable', 'cannot deliver to the address'],
    ['of-a-later-version', 'Enter an address below'],
  ])('says what to do about an address that is %s', async (addressProblem, remedy) => {
    const text = await open({ addressProblem });
    expect(text).toContain('No email can reach you');
    expect(text).toContain(remedy);
    expect(await screen.findByRole('button', { name: 'Send a link' })).toBeTruthy();
  });
});
