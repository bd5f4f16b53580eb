import { QueryClient } from '@tanstack/react-query';
import { fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { aMessage } from '@/testing/samples';
import { createWrapper } from '@/testing/wrapper';
import { PictureViewer } from './PictureViewer';
import type { SentFile } from './useFileLink';

const picture = (seq: number): SentFile => {
  const file = { id: `p${seq}`, name: `${seq}.jpg`, type: 'image/jpeg', size: 9, state: 'ready' } as const;
  return { message: aMessage({ seq, files: [file] }), file };
};
const [first, second] = [picture(1), picture(2)];
const refuse = vi.fn();

beforeEach(() => {
  vi.clearAllMocks();
  Object.assign(HTMLDialogElement.prototype, { showModal: vi.fn(), close: vi.fn() });
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('offline')));
  const Wrapper = createWrapper(new QueryClient(), { done: vi.fn(), refuse });
  render(
    <Wrapper>
      <PictureViewer pictures={[first, second]} first={first} onClose={vi.fn()} />
    </Wrapper>,
  );
});
afterEach(() => vi.unstubAllGlobals());

it('says in itself why a picture was not downloaded, because it covers the page', async () => {
  await userEvent.click(screen.getByRole('button', { name: 'Download 1.jpg', hidden: true }));
  expect(await screen.findByText(/^The file could not be loaded\./)).not.toBeNull();
  expect(refuse).not.toHaveBeenCalled();
});

it('goes to the next picture by a swipe of one finger', () => {
  const stage = document.querySelector('dialog > div') ?? document.body;
  const swipe = (from: number, to: number, fingers: number) => {
    fireEvent.touchStart(stage, { touches: Array.from({ length: fingers }, () => ({ clientX: from })) });
    fireEvent.touchEnd(stage, { changedTouches: [{ clientX: to }] });
  };
  swipe(200, 100, 2);
  swipe(200, 180, 1);
  expect(screen.getByRole('heading', { hidden: true }).textContent).toBe('Picture 1 of 2');
  swipe(200, 100, 1);
  expect(screen.getByRole('heading', { hidden: true }).textContent).toBe('Picture 2 of 2');
});
