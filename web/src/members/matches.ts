import type { Card } from '../api/types';

/** Whether every word that is typed begins a word of the member's name, handle or organisation; case and accents do not matter. */
export function matches(
  { displayName, handle = '', organisation = '' }: Pick<Card, 'displayName' | 'handle' | 'organisation'>,
  typed: string,
): boolean {
  const words = wordsOf(`${displayName} ${handle} ${organisation}`);
  return wordsOf(typed).every((typedWord) => words.some((word) => word.startsWith(typedWord)));
}

function wordsOf(text: string): readonly string[] {
  return text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLocaleLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}
