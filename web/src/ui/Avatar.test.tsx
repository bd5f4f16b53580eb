import { render } from '@testing-library/react';
import { expect, it } from 'vitest';
import { Avatar } from './Avatar';

it.each([
  ['Mira Lund', 'ML'],
  ['e\u0301lodie', 'E\u0301'],
  ['प्रिया शर्मा', 'प्रिश'],
  ['(Zoë) de Çelik', 'ZÇ'],
  ['👩‍🚀', '👩‍🚀'],
])('the initials of %s are whole characters', (name, initials) => {
  const { container } = render(<Avatar name={name} />);
  expect(container.querySelector('[data-initials]')?.getAttribute('data-initials')).toBe(initials);
});
