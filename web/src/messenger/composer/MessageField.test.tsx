import { fireEvent, render, screen } from '@testing-library/react';
import { beforeEach, expect, it, vi } from 'vitest';
import { MessageField } from './MessageField';

beforeEach(() => {
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: vi.fn(), removeEventListener: vi.fn() }));
  vi.stubGlobal('CSS', { supports: () => true });
});

it.each([
  ['while it composes', { isComposing: true }],
  ['after the composition has ended, as in Safari', { keyCode: 229 }],
])('Enter that ends an input method’s composition does not send: %s', (_, key) => {
  const onEnter = vi.fn();
  render(<MessageField label="Message" value="にほん" onChange={vi.fn()} onEnter={onEnter} />);

  fireEvent.keyDown(screen.getByRole('textbox'), { key: 'Enter', keyCode: 13, ...key });
  expect(onEnter).not.toHaveBeenCalled();
  fireEvent.keyDown(screen.getByRole('textbox'), { key: 'Enter', keyCode: 13 });
  expect(onEnter).toHaveBeenCalledOnce();
});
