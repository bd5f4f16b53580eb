import { describe, expect, it } from 'vitest';
import { isFewEmoji, textParts } from './textParts';

const links = (text: string) => textParts(text).flatMap((part) => (part.kind === 'link' ? [part.text] : []));

describe('the links in a message', () => {
  it.each([
    ['See https://example.com/a?b=c#d for more', ['https://example.com/a?b=c#d']],
    ['https://example.com.', ['https://example.com']],
    ['Really (https://example.com/path)?!', ['https://example.com/path']],
    ['https://en.wikipedia.org/wiki/Trail_(path), perhaps', ['https://en.wikipedia.org/wiki/Trail_(path)']],
    ['HTTP://EXAMPLE.COM and https://example.org', ['HTTP://EXAMPLE.COM', 'https://example.org']],
    ['זה https://example.co.il/א טוב', ['https://example.co.il/א']],
  ])('are found in %j', (text, found) => {
    expect(links(text)).toEqual(found);
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', 'ftp://example.com', 'https://', 'https://bank.example@evil.example', 'example.com'])(
    'are not made of %j',
    (text) => {
      expect(textParts(text)).toEqual([{ kind: 'text', text }]);
    },
  );

  it('keep all of the text', () => {
    const text = 'a https://example.com, b\nhttps://u:p@example.com (https://example.org). c';
    expect(
      textParts(text)
        .map((part) => part.text)
        .join(''),
    ).toBe(text);
  });
});

describe('a message of emoji', () => {
  it.each(['👍', '🎉🎉', '❤️', '👨‍👩‍👧‍👦 🇳🇴', '👍🏽', '1️⃣'])('is shown large: %s', (text) => {
    expect(isFewEmoji(text)).toBe(true);
  });

  it.each(['', ' ', '123', '#', 'ok 👍', '👍👍👍👍', '©', 'é'])('is not: %j', (text) => {
    expect(isFewEmoji(text)).toBe(false);
  });
});
