import type { Card } from '@/api/types';

/** A text as it is compared in a search: lower case, without accents, and one space for everything between words. */
export function normalised(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Whether each word of `search` begins a word of the member's name, handle or organisation. */
export function matches(
  { displayName, handle = '', organisation = '' }: Pick<Card, 'displayName' | 'handle' | 'organisation'>,
  search: string,
): boolean {
  const words = ` ${normalised(`${displayName} ${handle} ${organisation}`)}`;
  return normalised(search)
    .split(' ')
    .every((word) => words.includes(` ${word}`));
}
