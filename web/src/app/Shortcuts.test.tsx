import { act, fireEvent, render, screen } from '@testing-library/react';
import { type ComponentType, lazy, Suspense } from 'react';
import { beforeEach, expect, it } from 'vitest';
import { Link, Router, useLocation } from '@/ui/router';
import { Shortcuts } from './Shortcuts';

let load: () => void;
let Messages: ComponentType;

function Page() {
  return useLocation().pathname === '/' ? <input type="search" aria-label="Creators" /> : <Messages />;
}

beforeEach(() => {
  Element.prototype.checkVisibility = () => true;
  window.history.replaceState(null, '', '/');
  const page = { default: () => <input type="search" aria-label="Conversations" /> };
  Messages = lazy(() => new Promise<typeof page>((resolve) => (load = () => resolve(page))));
  render(
    <Router>
      <Link to="/messages">Messages</Link>
      <Shortcuts />
      <main>
        <Suspense>
          <Page />
        </Suspense>
      </main>
    </Router>,
  );
});

const pressSearch = () => fireEvent.keyDown(document.body, { key: 'k', ctrlKey: true });

it('the search key goes to the search of the page', () => {
  pressSearch();
  expect(document.activeElement).toBe(screen.getByRole('searchbox', { name: 'Creators' }));
});

it('while the next page loads, it goes to the search of that one', async () => {
  fireEvent.click(screen.getByRole('link'));
  pressSearch();
  expect(document.activeElement).not.toBe(screen.getByRole('searchbox', { name: 'Creators' }));

  await act(async () => {
    load();
    await Promise.resolve();
  });
  expect(document.activeElement).toBe(await screen.findByRole('searchbox', { name: 'Conversations' }));
});
