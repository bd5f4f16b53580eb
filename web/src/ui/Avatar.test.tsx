import { render } from '@testing-library/react';
import { expect, it } from 'vitest';
import cases from '@/testing/initials.json';
import { allowPictures, Avatar } from './Avatar';

it.each(cases)('the initials of %s are whole characters', (name, initials) => {
  const { container } = render(<Avatar name={name} />);
  expect(container.querySelector('[data-initials]')?.getAttribute('data-initials')).toBe(initials);
});

it.each([
  [`${window.location.origin}/dev/avatars/mira.svg`, true],
  ['https://pictures.example.com/mira.jpg', true],
  ['https://mira.example/me.jpg', false],
  ['https://pictures.example.com.mira.example/me.jpg', false],
  ['https://pictures.example.com:8443/me.jpg', false],
  ['http://pictures.example.com/me.jpg', false],
  ['data:image/gif;base64,R0lGODlhAQABAAAAACw=', false],
  ['mira.jpg', false],
])('the picture at %s is shown: %s', (url, isShown) => {
  allowPictures(['https://pictures.example.com']);
  const { container } = render(<Avatar name="Mira Lund" url={url} />);
  expect(container.querySelector('img')?.src).toBe(isShown ? url : undefined);
  expect(container.querySelector('[data-initials="ML"]') === null).toBe(isShown);
});
