import { render, screen, waitFor } from '@testing-library/react';
import { useRef } from 'react';
import { expect, it } from 'vitest';
import { useFocusNotLost } from './useFocusNotLost';

function Frame({ offers }: { readonly offers: boolean }) {
  const page = useRef<HTMLElement>(null);
  useFocusNotLost(page);
  return (
    <main ref={page} tabIndex={-1}>
      {offers && <button type="button">Block</button>}
      <a href="/elsewhere">Elsewhere</a>
    </main>
  );
}

it('gives the focus to the page when what had it goes', async () => {
  const { rerender } = render(<Frame offers />);
  screen.getByRole('button').focus();

  rerender(<Frame offers={false} />);
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('main')));
});

it('leaves it to what has taken it', async () => {
  const { rerender } = render(<Frame offers />);
  screen.getByRole('button').focus();

  rerender(<Frame offers={false} />);
  screen.getByRole('link').focus();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(document.activeElement).toBe(screen.getByRole('link'));
});
