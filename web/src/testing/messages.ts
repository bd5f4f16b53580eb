import type { Message } from '../api/types';

const firstAt = Date.parse('2026-11-22T10:00:00.000Z');
const minute = 60_000;

/** A message with what a test does not care about filled in: one a minute, in the order of their `seq`. */
export function aMessage(message: Partial<Message> = {}): Message {
  const seq = message.seq ?? 1;
  return {
    connectionId: 'c1',
    seq,
    clientId: `m${seq}`,
    from: 'mira',
    text: `Message ${seq}`,
    sentAt: new Date(firstAt + seq * minute).toISOString(),
    ...message,
  };
}

/** The messages from one number to another. */
export function messagesFrom(first: number, last: number): Message[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => aMessage({ seq: first + i }));
}
