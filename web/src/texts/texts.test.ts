import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { countingIn } from './sentences';
import { texts } from './texts';

describe('a sentence with a count', () => {
  it('is in the form that the language has for it, with the count as it writes it', () => {
    const inPolish = (count: number) =>
      countingIn('pl').counted(count, (n) => ({ one: `${n} twórca`, few: `${n} twórcy`, many: `${n} twórców`, other: `${n} twórcy` }));
    expect([1, 3, 5].map(inPolish)).toEqual(['1 twórca', '3 twórcy', '5 twórców']);
    expect([1, 2, 1_200].map(texts.creators.found.exactly)).toEqual(['1 creator', '2 creators', '1,200 creators']);
  });

  it('is in the general form where the catalogue lacks a special one', () => {
    expect(countingIn('pl').counted(3, (n) => ({ other: `${n}!` }))).toBe('3!');
  });
});

it('describes the product where it is installed as on its page', () => {
  const manifest = JSON.parse(readFileSync('public/manifest.webmanifest', 'utf8')) as Record<string, unknown>;
  expect(manifest).toMatchObject({ name: texts.product.name, description: texts.product.description });
});
