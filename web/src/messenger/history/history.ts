import type { Message } from '@/api/types';

/** The known messages of a conversation, in the order of their `seq`. */
export interface History {
  readonly messages: readonly Message[];
  /** Whether changes of the known messages may have been missed, so that all of them are read again. */
  readonly isOutdated?: boolean;
  /** The number of the first visible message, once known. It is not 1 if one of the two erased their profile and came back. */
  readonly begins?: number;
}

export const noHistory: History = { messages: [] };

/** Adds messages, each once, in their newest state. Returns the same object if nothing is new. */
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

// A message can be edited repeatedly, and deleted once. Each of its files is checked once, whatever becomes of the text.
function isNewer(message: Message, than: Message): boolean {
  return than.deleted
    ? false
    : (message.deleted ??
        (time(message.editedAt) > time(than.editedAt) ||
          (time(message.editedAt) === time(than.editedAt) && checkedFiles(message) > checkedFiles(than))));
}

function time(at: string | undefined): number {
  return at === undefined ? 0 : Date.parse(at);
}

function checkedFiles({ files = [] }: Message): number {
  return files.filter(({ state }) => state === 'ready' || state === 'refused').length;
}

/** Whether the member can still edit or delete a message. The service allows it for `editSeconds` after sending. */
export function isChangeable(message: Message, me: string, now: number, editSeconds: number): boolean {
  return message.from === me && !message.deleted && now - Date.parse(message.sentAt) < editSeconds * 1000;
}
