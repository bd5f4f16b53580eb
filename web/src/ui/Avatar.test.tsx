import { render } from '@testing-library/react';
import { expect, it } from 'vitest';
import cases from '@/testing/initials.json';
import { Avatar } from './Avatar';

it.each(cases)('the initials of %s are whole characters', (name, initials) => {
  const { container } = render(<Avatar name={name} />);
  expect(container.querySelector('[data-initials]')?.getAttribute('data-initials')).toBe(initials);
});
