import type { Message, Quote } from '@/api/types';

// As many as the service sends.
const maxText = 200;

/** A message as the replies to it quote it. */
export function quoteOf({ seq, from, text, files, deleted }: Message): Quote {
  return {
    seq,
    from,
    text: text.length > maxText ? `${text.slice(0, maxText - 1).trimEnd()}…` : text,
    ...(files && { files: { count: files.length, kind: files.every(({ type }) => type.startsWith('image/')) ? 'picture' : 'file' } }),
    ...(deleted && { deleted }),
  };
}

/** Reads a quote that was kept in this browser. */
export function isQuote(quote: unknown): quote is Quote {
  const { seq, from, text } = (quote ?? {}) as Partial<Quote>;
  return typeof seq === 'number' && typeof from === 'string' && typeof text === 'string';
}
