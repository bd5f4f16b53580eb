import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { canGoBack, Link, matchPath, navigate, NavLink, Router, useLocation } from './router';

describe('a path', () => {
  it('matches its pattern with the parameters, whatever its case and with a slash at its end', () => {
    expect(matchPath('/pending', '/Pending/')).toEqual({});
    expect(matchPath('/creators/:id', '/creators/a%20b')).toEqual({ id: 'a b' });
    expect(matchPath('/messages/:id?', '/messages/c1')).toEqual({ id: 'c1' });
    expect(matchPath('/messages/:id?', '/messages')).toEqual({ id: undefined });
    expect(matchPath('/creators/:id', '/creators/%zz')).toEqual({ id: '%zz' });
  });

  it('does not match another pattern', () => {
    expect(matchPath('/creators/:id', '/creators')).toBeUndefined();
    expect(matchPath('/creators/:id', '/creators/a/b')).toBeUndefined();
    expect(matchPath('/pending', '/pending-x')).toBeUndefined();
  });
});

function Place() {
  const { pathname, search, state, isBack } = useLocation();
  return <p role="status">{JSON.stringify([pathname + search, state, isBack])}</p>;
}

const shown = () => JSON.parse(screen.getByRole('status').textContent) as unknown;

describe('the router', () => {
  beforeEach(() => {
    window.history.replaceState(null, '', '/');
    render(
      <Router>
        <Place />
        <Link to="/pending?direction=sent" state={{ from: 'list' }}>
          Pending
        </Link>
        <NavLink to="/">Explore</NavLink>
        <NavLink to="/messages">Messages</NavLink>
      </Router>,
    );
  });

  it('shows the page of a link, with what the link passes on, and the one before it on Back', async () => {
    expect([shown(), canGoBack()]).toEqual([['/', null, true], false]);
    await userEvent.click(screen.getByRole('link', { name: 'Pending' }));
    expect([shown(), canGoBack()]).toEqual([['/pending?direction=sent', { from: 'list' }, false], true]);

    window.history.back();
    await expect.poll(() => shown()).toEqual(['/', null, true]);
    expect(canGoBack()).toBe(false);
  });

  it('adds no entry for a link to the current address, nor when it replaces one', async () => {
    await userEvent.click(screen.getByRole('link', { name: 'Pending' }));
    await userEvent.click(screen.getByRole('link', { name: 'Pending' }));
    act(() => navigate('?direction=received', { replace: true }));
    expect(shown()).toEqual(['/pending?direction=received', null, false]);
    expect(window.history.state).toMatchObject({ idx: 1 });
  });

  it('leaves a press with a modifier to the browser', async () => {
    const user = userEvent.setup();
    await user.keyboard('{Control>}');
    await user.click(screen.getByRole('link', { name: 'Pending' }));
    expect(shown()).toEqual(['/', null, true]);
  });

  it('marks the link of the current page', () => {
    const current = () => screen.getAllByRole('link', { current: 'page' }).map(({ textContent }) => textContent);
    expect(current()).toEqual(['Explore']);
    act(() => navigate('/messages/c1'));
    expect(current()).toEqual(['Messages']);
  });
});
