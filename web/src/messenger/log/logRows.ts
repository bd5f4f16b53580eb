import type { Message } from '@/api/types';
import type { OutboxEntry } from '@/messenger/outbox/OutboxStorage';

interface RowPosition {
  /** The same for as long as it is there, also when an unsent message becomes a sent one. */
  readonly key: string;
  /** When it was written. */
  readonly at: string;
  /** It is the first of its day. */
  readonly startsDay: boolean;
  /** It is the first of several by the same member in a short time, or the last of them. */
  readonly startsGroup: boolean;
  readonly endsGroup: boolean;
}

/** One row of a conversation. */
export type LogRow =
  | { readonly kind: 'start'; readonly key: 'start' }
  | (RowPosition & {
      readonly kind: 'message';
      readonly message: Message;
      readonly own: boolean;
      /** It is the first that was not read when the conversation was opened. */
      readonly startsNew: boolean;
      /** How far the last own message has come. */
      readonly mark?: 'sent' | 'read';
    })
  | (RowPosition & { readonly kind: 'waiting'; readonly entry: OutboxEntry });

/** What a conversation shows. */
export interface LogContents {
  readonly me: string;
  readonly messages: readonly Message[];
  readonly unsent: readonly OutboxEntry[];
  /** Whether the first message of all is among them, so that what came before can be shown. */
  readonly isComplete: boolean;
  /** Messages of the other side after this one are new. */
  readonly newAfter: number | undefined;
  readonly otherReadSeq: number;
}

type Item = { readonly key: string; readonly at: string; readonly own: boolean } & (
  { readonly message: Message } | { readonly entry: OutboxEntry }
);

// After this long even the same member's words are a new thought.
const groupFor = 5 * 60_000;

/** The rows of a conversation, oldest first; unsent messages last. */
export function logRows({ me, messages, unsent, isComplete, newAfter, otherReadSeq }: LogContents): readonly LogRow[] {
  const sent = new Set(messages.filter((message) => message.from === me).map((message) => message.clientId));
  const items: Item[] = [
    ...messages.map((message) => ({ key: `${message.from}/${message.clientId}`, at: message.sentAt, own: message.from === me, message })),
    // Stored already, and the answer to sending it was lost or is on the way.
    ...unsent
      .filter((entry) => !sent.has(entry.clientId))
      .map((entry) => ({ key: `${me}/${entry.clientId}`, at: new Date(entry.at).toISOString(), own: true, entry })),
  ];
  const firstNew = newAfter === undefined ? -1 : items.findIndex((item) => 'message' in item && !item.own && item.message.seq > newAfter);
  const lastOwn = items.findLastIndex((item) => 'message' in item && item.own);
  const starts = items.map((item, i) => startOf(item, items[i - 1], i === firstNew));
  const rows = items.map((item, i): LogRow => {
    const position: RowPosition = {
      key: item.key,
      at: item.at,
      startsDay: starts[i] === 'day',
      startsGroup: starts[i] !== undefined,
      endsGroup: i === items.length - 1 || starts[i + 1] !== undefined,
    };
    return 'entry' in item
      ? { ...position, kind: 'waiting', entry: item.entry }
      : {
          ...position,
          kind: 'message',
          message: item.message,
          own: item.own,
          startsNew: i === firstNew,
          ...(i === lastOwn && !item.message.deleted && { mark: item.message.seq <= otherReadSeq ? 'read' : 'sent' }),
        };
  });
  return isComplete ? [{ kind: 'start', key: 'start' }, ...rows] : rows;
}

function startOf(item: Item, before: Item | undefined, isFirstNew: boolean): 'day' | 'group' | undefined {
  if (!before || new Date(item.at).toDateString() !== new Date(before.at).toDateString()) {
    return 'day';
  }

  const apart = Date.parse(item.at) - Date.parse(before.at) > groupFor;
  return isFirstNew || apart || item.own !== before.own ? 'group' : undefined;
}
