import { useState } from 'react';
import type { Message } from '../../api/types';

interface AnnouncerProps {
  readonly name: string;
  readonly messages: readonly Message[];
  readonly me: string;
}

/** Reads out what comes in while the conversation is open. The rows cannot be it: scrolling makes and removes them. */
export function Announcer({ name, messages, me }: AnnouncerProps) {
  const last = messages.at(-1)?.seq;
  const [told, setTold] = useState({ upTo: last, words: '' });
  if (last !== undefined && last !== told.upTo) {
    // What is there when the conversation is opened is read by whoever goes there.
    const fresh =
      told.upTo === undefined
        ? []
        : messages.filter((message) => message.from !== me && message.seq > (told.upTo ?? 0) && !message.deleted);
    const [only] = fresh;
    const words = fresh.length > 1 ? `${fresh.length} new messages from ${name}` : only ? `${name}: ${only.text}` : told.words;
    setTold({ upTo: Math.max(last, told.upTo ?? 0), words });
  }

  return (
    <p className="visually-hidden" aria-live="polite">
      {told.words}
    </p>
  );
}
