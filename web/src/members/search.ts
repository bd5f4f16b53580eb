import type { Card } from '@/api/types';

// The rule of the search on Explore (functions/Members/SearchWords.cs), so that a name that is found there is found here.

// Letters that have no decomposition, by the plain letters as which they are typed.
const typedAs: Readonly<Record<string, string>> = {
  ...{ a: 'ᴀⱥɐ', b: 'ƀɓʙ', c: 'ȼᴄ', d: 'đðɖɗᴅ', e: 'əɛɇᴇ', f: 'ƒꜰ', g: 'ɠɢ', h: 'ħʜ', i: 'ıɨɪ', j: 'ɉᴊ', k: 'ƙᴋ', l: 'łƚɫʟ', m: 'ᴍ' },
  ...{ n: 'ɲŋɴ', o: 'øɵɔᴏ', p: 'ƥᴘ', r: 'ɍʀ', s: 'ꜱ', t: 'ŧƭᴛ', u: 'ʉᴜ', v: 'ʋᴠ', w: 'ᴡ', y: 'ɏƴʏ', z: 'ƶȥᴢ', σ: 'ς' },
  ...{ ae: 'æ', oe: 'œ', ss: 'ß', th: 'þ', ا: 'ٱ', ي: 'ىیے', ك: 'کڪ', ه: 'ةہھەۃ', וו: 'װ', וי: 'ױ', יי: 'ײ' },
};
const plainLetters = new Map(Object.entries(typedAs).flatMap(([plain, letters]) => Array.from(letters, (letter) => [letter, plain])));
const spellings = new Map([
  ...['a\u0308', 'o\u0308', 'u\u0308'].map((letter) => [letter, letter.charAt(0) + 'e'] as const),
  ...([
    ['a\u030A', 'aa'],
    ['ø', 'oe'],
  ] as const),
]);

// Accents and vowel points, and characters that show nothing. Marks that are part of Indic, Thai and Japanese letters stay.
const leftOut =
  /(?![\u3099\u309A])[\p{Script=Inherited}\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Cyrillic}](?<=\p{M})|[\p{Cf}\p{Me}\u0640\u0674\u06E5\u06E6]/gu;
// Scripts that put no spaces between words, and Korean.
const unspaced =
  '[\\u0E00-\\u0EFF\\u1000-\\u109F\\u1100-\\u11FF\\u1780-\\u17FF\\u1950-\\u19FF\\u1A20-\\u1AAF\\u1B00-\\u1B7F\\u2E80-\\u2FDF\\u3005-\\uA4CF' +
  '\\uA960-\\uA9FF\\uAA60-\\uAA7F\\uAC00-\\uD7FF\\uF900-\\uFAFF\\u{1AFF0}-\\u{1B16F}\\u{20000}-\\u{3FFFF}]';
// Not the modifier letters, which are apostrophes to those who type them.
const letter = '(?![\\u02B0-\\u02FF])[\\p{L}\\p{Nd}\\p{Nl}]';
const runOf = (which: string) => `${which}${letter}(?:${which}${letter}|\\p{M})*`;
const words = new RegExp(`${runOf(`(?=${unspaced})`)}|${runOf(`(?!${unspaced})`)}`, 'gu');
const startsUnspaced = new RegExp(`^${unspaced}`, 'u');

/** A text as it is typed: lower case, without accents. With `spelledOut`, ä is ae instead of a, and so on. */
export function fold(text: string, spelledOut: boolean): string {
  const lower = text.normalize('NFKD').toLowerCase();
  const spelled = spelledOut ? lower.replace(/[aou]\u0308|a\u030A|ø/gu, (letter) => spellings.get(letter) ?? letter) : lower;
  return Array.from(spelled.replace(leftOut, ''), (letter) => plainLetters.get(letter) ?? digit(letter) ?? letter)
    .join('')
    .normalize('NFC');
}

// The ten digits of a script begin at a code that ends in 0 or 6.
function digit(character: string): string | undefined {
  const code = character.codePointAt(0) ?? 0;
  const tens = code - (code % 16);
  return /^\P{ASCII}$/u.test(character) && /^\p{Nd}$/u.test(character)
    ? String(code - (/^\p{Nd}$/u.test(String.fromCodePoint(tens)) ? tens : tens + 6))
    : undefined;
}

/** The words of a folded text. */
function wordsIn(folded: string): readonly string[] {
  return folded.match(words) ?? [];
}

/** What a folded text is found by: its words, those that stand together as one, and where no spaces are put, all from each letter on. */
function beginnings(folded: string): readonly string[] {
  return folded.split(/\s+/u).flatMap((chunk) => {
    const found = wordsIn(chunk);
    return [...found, found.join('')].flatMap((word) =>
      startsUnspaced.test(word) ? Array.from(word, (_, i) => Array.from(word).slice(i).join('')) : word,
    );
  });
}

/** Whether each word of `search` begins a word of one of the texts. */
export function finds(search: string, texts: readonly string[]): boolean {
  const found = texts.flatMap((text) => [...new Set([fold(text, false), fold(text, true)])].flatMap(beginnings));
  const spelled = wordsIn(fold(search, true));
  return wordsIn(fold(search, false)).every((word, i) =>
    found.some((beginning) => beginning.startsWith(word) || beginning.startsWith(spelled[i] ?? word)),
  );
}

/** Whether each word of `search` begins a word of the member's name, handle or organisation. */
export function matches(
  { displayName, handle = '', organisation = '' }: Pick<Card, 'displayName' | 'handle' | 'organisation'>,
  search: string,
): boolean {
  return finds(search, [displayName, handle, organisation]);
}

/** A part of a text, and whether a word of a search found it. */
export interface FoundPart {
  readonly text: string;
  readonly isFound: boolean;
}

/** The parts of a text. Those are found that begin a word with a word of the search. */
export function foundParts(search: string, text: string): readonly FoundPart[] {
  const sought = [...wordsIn(fold(search, false)), ...wordsIn(fold(search, true))];
  const found = sought.length === 0 ? [] : [...text.matchAll(/\S+/gu)].flatMap((chunk) => foundIn(sought, chunk[0], chunk.index));
  const parts: FoundPart[] = [];
  let end = 0;
  for (const [from, to] of found) {
    parts.push({ text: text.slice(end, from), isFound: false }, { text: text.slice(from, to), isFound: true });
    end = to;
  }

  return [...parts, { text: text.slice(end), isFound: false }].filter((part) => part.text !== '');
}

/** Where the words of a search are found in a text without spaces that begins at a place. */
function foundIn(sought: readonly string[], chunk: string, at: number): readonly (readonly [from: number, to: number])[] {
  const all = [...chunk.matchAll(words)];
  const found = all.flatMap((match) => {
    const [word] = match;
    const length = startsUnspaced.test(word) ? undefined : foundLength(sought, word);
    return startsUnspaced.test(word)
      ? foundUnspaced(sought, word, at + match.index)
      : length === undefined
        ? []
        : [[at + match.index, at + match.index + length] as const];
  });
  const [first, last] = [all[0], all.at(-1)];
  const isOneWord = found.length === 0 && all.length > 1 && first && last;
  // Words that stand together are found as one: example.com by "examplecom".
  return isOneWord && foundLength(sought, all.map(([word]) => word).join('')) !== undefined
    ? [[at + first.index, at + last.index + last[0].length]]
    : found;
}

/** How much of a word the search has; all of it where it is typed with other letters. */
function foundLength(sought: readonly string[], word: string): number | undefined {
  const plain = fold(word, false);
  const lengths = [plain, fold(word, true)].flatMap((typed) => sought.filter((one) => typed.startsWith(one)).map((one) => one.length));
  return lengths.length === 0 ? undefined : plain.length === word.length ? Math.min(word.length, Math.max(...lengths)) : word.length;
}

function foundUnspaced(sought: readonly string[], word: string, at: number): readonly (readonly [number, number])[] {
  const folded = fold(word, false);
  if (folded.length !== word.length) {
    return sought.some((one) => folded.includes(one)) ? [[at, at + word.length]] : [];
  }

  const found: (readonly [number, number])[] = [];
  for (let from = 0; from < folded.length;) {
    const length = Math.max(0, ...sought.filter((one) => folded.startsWith(one, from)).map((one) => one.length));
    if (length > 0) {
      found.push([at + from, at + from + length]);
    }

    from += Math.max(1, length);
  }

  return found;
}
