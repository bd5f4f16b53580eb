import type { Message } from '@/api/types';

/** The messages of a conversation that are known, in the order of their `seq`. */
export interface History {
  readonly messages: readonly Message[];
  /** When it was last read from the server in whole, in milliseconds: what changed after that was told live, or was missed. */
  readonly readAt: number;
  /** The number of the first message that the two are shown, once it is known: not 1 where one of them has erased a profile and come back. */
  readonly begins?: number;
}

export const noHistory: History = { messages: [], readAt: 0 };

/** With more messages, each once; where one is known already, as it is now. The same object when nothing is new. */
export function withMessages(history: History, more: readonly Message[]): History {
  const known = new Map(history.messages.map((message) => [message.seq, message]));
  let changed = false;
  for (const message of more) {
    const before = known.get(message.seq);
    if (!before || isNewer(message, before)) {
      known.set(message.seq, message);
      changed = true;
    }
  }

  return changed ? { ...history, messages: [...known.values()].sort((a, b) => a.seq - b.seq) } : history;
}

/** Whether messages are missing between the first and the last that are known. */
export function hasGap({ messages }: History): boolean {
  const [first, last] = [messages[0], messages.at(-1)];
  return first !== undefined && last !== undefined && last.seq - first.seq !== messages.length - 1;
}

/** The number to read older messages before; undefined when the first one is known. */
export function olderThan({ messages: [first], begins = 1 }: History): number | undefined {
  return first && first.seq > begins ? first.seq : undefined;
}

/** With the page of the messages before one in front; unchanged when that is no longer what comes before. */
export function withOlder(history: History, older: readonly Message[], before?: number): History {
  if (older.length === 0) {
    return before === undefined || before !== history.messages[0]?.seq ? history : { ...history, begins: before };
  }

  const joins = older.some((message) => message.seq + 1 === history.messages[0]?.seq);
  return joins ? withMessages(history, older) : history;
}

/** The last message that the other side wrote. */
export function lastReceived({ messages }: History, me: string): Message | undefined {
  return messages.findLast((message) => message.from !== me);
}

// A message is edited any number of times, and then deleted once.
function isNewer(message: Message, than: Message): boolean {
  return than.deleted
    ? false
    : (message.deleted ??
        (message.editedAt !== undefined && (than.editedAt === undefined || Date.parse(message.editedAt) > Date.parse(than.editedAt))));
}

/** Whether a member can still edit and delete a message, which is allowed for so many seconds after it was sent. */
export function isChangeable(message: Message, me: string, now: number, editSeconds: number): boolean {
  return message.from === me && !message.deleted && now - Date.parse(message.sentAt) < editSeconds * 1000;
}
