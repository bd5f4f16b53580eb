import { describe, expect, it, vi } from 'vitest';
import { isFewEmoji, textParts } from './textParts';

const links = (text: string) => textParts(text).flatMap((part) => (part.kind === 'link' ? [part.text] : []));

describe('the links in a message', () => {
  it.each([
    ['See https://example.com/a?b=c#d for more', ['https://example.com/a?b=c#d']],
    ['https://example.com.', ['https://example.com']],
    ['Really (https://example.com/path)?!', ['https://example.com/path']],
    ['https://en.wikipedia.org/wiki/Trail_(path), perhaps', ['https://en.wikipedia.org/wiki/Trail_(path)']],
    ['HTTP://EXAMPLE.COM and https://example.org', ['HTTP://EXAMPLE.COM', 'https://example.org']],
    ['見て https://example.com/a。次', ['https://example.com/a']],
    ['（https://example.com/a）と「https://example.org」、', ['https://example.com/a', 'https://example.org']],
    ['看https://example.com，好', ['https://example.com']],
    ['هل https://example.com؟ نعم', ['https://example.com']],
    ['देखो https://example.com/क।', ['https://example.com/क']],
    [
      'https://ja.example.com/トレイル・ラン and https://fr.example.com/L’Île',
      ['https://ja.example.com/トレイル・ラン', 'https://fr.example.com/L’Île'],
    ],
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

  // The work is counted, because time depends on the machine: each character that a string method or the loop looks at.
  it('take work in proportion to the length of the text', () => {
    const work = (size: number) => {
      let read = 0;
      vi.spyOn(String.prototype, 'charAt').mockImplementation(function (this: string, i) {
        read++;
        return this[i] ?? '';
      });
      const set = vi.spyOn(Map.prototype, 'set');
      const replace = vi.spyOn(String.prototype, 'replace');
      const split = vi.spyOn(String.prototype, 'split');
      try {
        textParts(`https://☃${'.'.repeat(2.5 * size)}a${')'.repeat(1.5 * size)}`);
        expect([replace.mock.calls.length, split.mock.calls.length]).toEqual([0, 0]);
        return read + set.mock.calls.length;
      } finally {
        vi.restoreAllMocks();
      }
    };
    expect(work(1_000)).toBeGreaterThan(1_000);
    expect(work(1_000)).toBeLessThan(12 * work(100));
  });

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
