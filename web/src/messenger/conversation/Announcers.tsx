import { useState } from 'react';
import type { Message } from '@/api/types';
import { messageInWords } from '@/messenger/files/fileWords';
import type { OutboxEntry } from '@/messenger/outbox/OutboxStorage';
import { messengerTexts as said } from '@/texts/messenger';

interface MessageAnnouncerProps {
  readonly name: string;
  readonly messages: readonly Message[];
  readonly me: string;
}

/** Announces new messages to screen readers. The log itself cannot: scrolling adds and removes its rows. */
export function MessageAnnouncer({ name, messages, me }: MessageAnnouncerProps) {
  const last = messages.at(-1)?.seq;
  const [announced, setAnnounced] = useState({ upTo: last, text: '' });
  if (last !== undefined && last !== announced.upTo) {
    // The first messages are not announced: they were there when the conversation was opened.
    const fresh =
      announced.upTo === undefined
        ? []
        : messages.filter((message) => message.from !== me && message.seq > (announced.upTo ?? 0) && !message.deleted);
    const [only] = fresh;
    const text =
      fresh.length > 1 ? said.messagesFrom(fresh.length, name) : only ? said.messageFrom(name, messageInWords(only)) : announced.text;
    setAnnounced({ upTo: Math.max(last, announced.upTo ?? 0), text });
  }

  return (
    <p className="visually-hidden" aria-live="polite">
      {announced.text}
    </p>
  );
}

/** Announces to screen readers that messages could not be sent. */
export function UnsentAnnouncer({ unsent }: { readonly unsent: readonly OutboxEntry[] }) {
  const stuck = unsent.filter((entry) => entry.state !== 'sending').length;
  return (
    <p className="visually-hidden" role="status">
      {stuck === 0 ? '' : said.notSentCount(stuck)}
    </p>
  );
}
