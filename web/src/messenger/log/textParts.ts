/** A part of a message: text or a link. */
type TextPart = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'link'; readonly text: string; readonly href: string };

// Punctuation of other scripts, full-width forms included, ends an address: no space follows it. Word separators and apostrophes do not.
const address = /https?:\/\/(?:[^\s\p{P}<>]|[!#-;=?-~]|[·・’\p{Pd}\p{Pc}])+/giu;
// At its end, these belong to the sentence rather than to the address.
const trailing = new Set(".,;:!?'’*_~·・");
const openings: Readonly<Record<string, string>> = { ')': '(', ']': '[' };

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

/** The address without the punctuation and brackets after it. */
function withoutTrailing(found: string): string {
  const counts = new Map<string, number>();
  const count = (character: string) => counts.get(character) ?? 0;
  // One pass each way, however many brackets there are: a message must not hold the page.
  for (const character of found) {
    counts.set(character, count(character) + 1);
  }

  let end = found.length;
  for (; end > 0; end--) {
    const last = found.charAt(end - 1);
    const opening = openings[last];
    // A closing bracket belongs to the address only if it opens within it.
    if (opening === undefined ? !trailing.has(last) : count(last) <= count(opening)) {
      break;
    }

    counts.set(last, count(last) - 1);
  }

  return found.slice(0, end);
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
