import { render, screen, waitFor } from '@testing-library/react';
import { useRef } from 'react';
import { expect, it, vi } from 'vitest';
import { useFocusFallback, useRowFocus } from './focus';

function List({ names, answered = [] }: { readonly names: readonly string[]; readonly answered?: readonly string[] }) {
  const list = useRowFocus<HTMLDivElement>();
  return (
    <div ref={list}>
      <ul>
        {names.map((name) => (
          <li key={name} data-row={name}>
            <a href={`/${name}`}>{name}</a>
            <span data-row-actions>
              {answered.includes(name) ? <a href="/chat">{`Chat with ${name}`}</a> : <button type="button">{`Accept ${name}`}</button>}
            </span>
          </li>
        ))}
      </ul>
      <h2 data-no-rows tabIndex={-1}>
        Nothing waits
      </h2>
    </div>
  );
}

it('moves to the next row when its row disappears, to the previous row at the end, and to the notice when no row is left', async () => {
  const { rerender } = render(<List names={['Ann', 'Ben', 'Cem']} />);
  screen.getByRole('button', { name: 'Accept Ben' }).focus();

  rerender(<List names={['Ann', 'Cem']} />);
  await waitFor(() => expect(document.activeElement?.textContent).toBe('Cem'));

  rerender(<List names={['Ann']} />);
  await waitFor(() => expect(document.activeElement?.textContent).toBe('Ann'));

  rerender(<List names={[]} />);
  await waitFor(() => expect(document.activeElement?.textContent).toBe('Nothing waits'));
});

it("stays in its row when only the row's controls change", async () => {
  const { rerender } = render(<List names={['Ann', 'Ben']} />);
  screen.getByRole('button', { name: 'Accept Ben' }).focus();

  rerender(<List names={['Ann', 'Ben']} answered={['Ben']} />);
  await waitFor(() => expect(document.activeElement?.textContent).toBe('Chat with Ben'));
});

it('is not taken back after a press outside the list', async () => {
  const { rerender } = render(<List names={['Ann', 'Ben']} />);
  screen.getByRole('button', { name: 'Accept Ben' }).focus();
  // Pressed outside the list, in this window.
  vi.spyOn(document, 'hasFocus').mockReturnValue(true);
  screen.getByRole('button', { name: 'Accept Ben' }).blur();
  await Promise.resolve();

  rerender(<List names={['Ann']} />);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(document.activeElement).toBe(document.body);
});

function Frame({ offers }: { readonly offers: boolean }) {
  const page = useRef<HTMLElement>(null);
  useFocusFallback(page);
  return (
    <main ref={page} tabIndex={-1}>
      {offers && <button type="button">Block</button>}
      <a href="/elsewhere">Elsewhere</a>
    </main>
  );
}

it('moves the focus to the page when the focused element disappears', async () => {
  const { rerender } = render(<Frame offers />);
  screen.getByRole('button').focus();

  rerender(<Frame offers={false} />);
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('main')));
});

it('leaves the focus where it has moved meanwhile', async () => {
  const { rerender } = render(<Frame offers />);
  screen.getByRole('button').focus();

  rerender(<Frame offers={false} />);
  screen.getByRole('link').focus();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(document.activeElement).toBe(screen.getByRole('link'));
});
