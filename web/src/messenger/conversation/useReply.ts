import { useMemo } from 'react';
import type { Message, Quote } from '@/api/types';
import { isQuote, quoteOf } from '@/messenger/history/quotes';
import { draftKey, useDraft } from '@/session/drafts';

/** What the next message quotes, as it is now. Kept across reloads until it is sent or taken out. */
export function useReply(me: string, connectionId: string, messages: readonly Message[]) {
  const [kept, keep] = useDraft(draftKey(me, 'quote', connectionId));
  const quote = useMemo(() => parse(kept), [kept]);
  const quoted = quote && messages.find(({ seq }) => seq === quote.seq);
  return {
    quote: quoted ? quoteOf(quoted) : quote,
    start: (message: Message) => keep(JSON.stringify(quoteOf(message))),
    cancel: () => keep(''),
  };
}

function parse(text: string): Quote | undefined {
  try {
    const quote: unknown = JSON.parse(text);
    return isQuote(quote) ? quote : undefined;
  } catch {
    return undefined;
  }
}
