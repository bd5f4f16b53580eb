/** A part of a message: text or a link. */
type TextPart = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'link'; readonly text: string; readonly href: string };

const address = /https?:\/\/[^\s<>"“”]+/giu;
// Punctuation that ends a sentence rather than an address.
const trailing = /[.,;:!?'’»…*_~]+$/u;
const brackets = [
  ['(', ')'],
  ['[', ']'],
] as const;

/** Splits a text into plain parts and web addresses. */
export function textParts(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(address)) {
    const link = parseLink(match[0]);
    if (link) {
      parts.push(...words(text.slice(end, match.index)), link);
      end = match.index + link.text.length;
    }
  }

  return [...parts, ...words(text.slice(end))];
}

function words(text: string): TextPart[] {
  return text === '' ? [] : [{ kind: 'text', text }];
}

function parseLink(found: string): TextPart | undefined {
  const text = withoutTrailing(found);
  try {
    const { href, username, password, hostname } = new URL(text);
    // "https://bank.example@evil.example" leads to another host than it seems.
    return hostname !== '' && username === '' && password === '' ? { kind: 'link', text, href } : undefined;
  } catch {
    return undefined;
  }
}

function withoutTrailing(found: string): string {
  let text = found;
  for (;;) {
    const before = text;
    text = text.replace(trailing, '');
    for (const [open, close] of brackets) {
      // A closing bracket belongs to the address only if it opens within it.
      if (text.endsWith(close) && count(text, close) > count(text, open)) {
        text = text.slice(0, -1);
      }
    }

    if (text === before) {
      return text;
    }
  }
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}

const oneEmoji = /^(?:\p{Regional_Indicator}{2}|\p{Emoji_Presentation}.*|\p{Extended_Pictographic}\uFE0F.*|[0-9#*]\uFE0F?\u20E3)$/u;
const maxLargeEmoji = 3;
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Whether a text consists of one to three emoji, which are shown large. */
export function isFewEmoji(text: string): boolean {
  // One emoji, such as a family or a flag, can be a dozen code points.
  const bare = text.replaceAll(/\s/gu, '');
  if (bare === '' || bare.length > maxLargeEmoji * 16) {
    return false;
  }

  const characters = Array.from(graphemes.segment(bare), ({ segment }) => segment);
  return characters.length <= maxLargeEmoji && characters.every((character) => oneEmoji.test(character));
}
