import type { Option } from './useFacets';

/** The options with a word that begins with the text, case and accents ignored; or whose code it is. */
export function matching(options: readonly Option[], text: string): readonly Option[] {
  const looked = plain(text.trim());
  return looked === '' ? options : options.filter(({ value, name }) => plain(value) === looked || ` ${plain(name)}`.includes(` ${looked}`));
}

function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ');
}
