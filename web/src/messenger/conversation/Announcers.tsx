import { useState } from 'react';
import type { Message } from '@/api/types';
import { messageInWords } from '@/messenger/files/fileWords';
import { reactionOf } from '@/messenger/history/reactions';
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

interface ReactionAnnouncerProps {
  readonly name: string;
  readonly messages: readonly Message[];
  readonly otherId: string;
}

/** Announces the other member's reactions to screen readers. Those of messages that are loaded later were there before. */
export function ReactionAnnouncer({ name, messages, otherId }: ReactionAnnouncerProps) {
  const [heard, setHeard] = useState({ messages, text: '' });
  if (messages !== heard.messages) {
    const before = new Map(heard.messages.map((message) => [message.seq, message]));
    const changed = messages.findLast((message) => {
      const known = before.get(message.seq);
      return known !== undefined && !message.deleted && reactionOf(known, otherId) !== reactionOf(message, otherId);
    });
    const kind = changed && reactionOf(changed, otherId);
    setHeard({
      messages,
      text: !changed
        ? heard.text
        : kind === undefined
          ? said.reactionTaken(name, beginning(messageInWords(changed)))
          : said.reacted(name, said.reactionNames[kind], beginning(messageInWords(changed))),
    });
  }

  return (
    <p className="visually-hidden" aria-live="polite">
      {heard.text}
    </p>
  );
}

// Enough to know the message by.
const maxHeard = 60;

function beginning(text: string): string {
  return text.length > maxHeard ? `${text.slice(0, maxHeard)}…` : text;
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
