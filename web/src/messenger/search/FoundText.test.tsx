import { render } from '@testing-library/react';
import { expect, it } from 'vitest';
import { FoundText } from './FoundText';

const shown = (text: string) => render(<FoundText text={text} search="rain" isShort />).container.textContent;

it('begins a long text with a word, shortly before the one found', () => {
  expect(shown('The forecast is awful, which is exactly what you want for rain jackets.')).toBe(
    '…which is exactly what you want for rain jackets.',
  );
  expect(shown('The rain')).toBe('The rain');
});

it('cuts a text without spaces anywhere', () => expect(shown(`${'雨'.repeat(60)} rain`)).toBe(`…${'雨'.repeat(39)} rain`));
