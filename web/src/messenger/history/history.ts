import type { Message, Quote } from '@/api/types';
import { quoteOf } from './quotes';

/** The known messages of a conversation, in the order of their `seq`. */
export interface History {
  readonly messages: readonly Message[];
  /** Whether changes of the known messages may have been missed, so that all of them are read again. */
  readonly isOutdated?: boolean;
  /** The number of the first visible message, once known. It is not 1 if one of the two erased their profile and came back. */
  readonly begins?: number;
}

export const noHistory: History = { messages: [] };

/** Adds messages, each once, in their newest state, and in the quotes of them too. Returns the same object if nothing is new. */
export function withMessages(history: History, more: readonly Message[]): History {
  const known = new Map(history.messages.map((message) => [message.seq, message]));
  let changed = false;
  for (const message of more) {
    const before = known.get(message.seq);
    if (!before || isNewer(message, before) || quotesAnew(message, before, known)) {
      known.set(message.seq, message);
      changed = true;
    }
  }

  return changed ? { ...history, messages: requoted([...known.values()], known).sort((a, b) => a.seq - b.seq) } : history;
}

/** Shows a message that was changed in the quotes of it. Returns the same object if there are none. */
export function withQuotesOf(history: History, message: Message): History {
  const messages = requoted(history.messages, new Map([[message.seq, message]]));
  return messages.some((one, i) => one !== history.messages[i]) ? { ...history, messages } : history;
}

/** Whether a message that was read again quotes one that is not loaded in another state. `requoted` sees to those that are. */
function quotesAnew(message: Message, than: Message, known: ReadonlyMap<number, Message>): boolean {
  return message.quote !== undefined && !known.has(message.quote.seq) && !isNewer(than, message) && !isSame(message.quote, than.quote);
}

function isSame(one: Quote | undefined, other: Quote | undefined): boolean {
  return one?.text === other?.text && one?.deleted === other?.deleted;
}

/** Messages with quotes as the quoted ones are now. The service sends a change of a message once, and not with what quotes it. */
function requoted(messages: readonly Message[], known: ReadonlyMap<number, Message>): Message[] {
  return messages.map((message) => {
    const quoted = message.quote && known.get(message.quote.seq);
    const quote = quoted && quoteOf(quoted);
    return quote && !isSame(quote, message.quote) ? { ...message, quote } : message;
  });
}

/** Whether messages are missing between the first and the last known one. */
export function hasGap({ messages }: History): boolean {
  const [first, last] = [messages[0], messages.at(-1)];
  return first !== undefined && last !== undefined && last.seq - first.seq !== messages.length - 1;
}

/** The number before which to read older messages; undefined if the first message is known. */
export function olderThan({ messages: [first], begins = 1 }: History): number | undefined {
  return first && first.seq > begins ? first.seq : undefined;
}

/** Adds a page of older messages in front. Unchanged if the page does not join the known messages. */
export function withOlder(history: History, older: readonly Message[], before?: number): History {
  if (older.length === 0) {
    return before === undefined || before !== history.messages[0]?.seq ? history : { ...history, begins: before };
  }

  const joins = older.some((message) => message.seq + 1 === history.messages[0]?.seq);
  return joins ? withMessages(history, older) : history;
}

/** The last message of the other member. */
export function lastReceived({ messages }: History, me: string): Message | undefined {
  return messages.findLast((message) => message.from !== me);
}

/** Whether a version of a message is the later one. */
export function isNewer(message: Message, than: Message): boolean {
  return (message.revision ?? 0) > (than.revision ?? 0);
}

/** Whether the member can still edit or delete a message. The service allows it for `editSeconds` after sending. */
export function isChangeable(message: Message, me: string, now: number, editSeconds: number): boolean {
  return message.from === me && !message.deleted && now - Date.parse(message.sentAt) < editSeconds * 1000;
}
