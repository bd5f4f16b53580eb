import type { Message } from '@/api/types';
import type { OutboxEntry } from '@/messenger/outbox/OutboxStorage';

interface RowPosition {
  /** Stays the same when an unsent message becomes a sent one. */
  readonly key: string;
  /** When it was written. */
  readonly at: string;
  /** Whether it is the first of its day. */
  readonly startsDay: boolean;
  /** Whether it begins or ends a run of messages by the same member. */
  readonly startsGroup: boolean;
  readonly endsGroup: boolean;
}

/** A row of the log. */
export type LogRow =
  | { readonly kind: 'start'; readonly key: 'start' }
  | (RowPosition & {
      readonly kind: 'message';
      readonly message: Message;
      readonly own: boolean;
      /** Whether it is the first new message. */
      readonly startsNew: boolean;
      /** The delivery state of the member's last message. */
      readonly mark?: 'sent' | 'read';
    })
  | (RowPosition & { readonly kind: 'waiting'; readonly entry: OutboxEntry });

export interface LogContents {
  readonly me: string;
  readonly messages: readonly Message[];
  readonly unsent: readonly OutboxEntry[];
  /** Whether the conversation's first message is included. */
  readonly isComplete: boolean;
  /** Messages of the other member after this number are new. */
  readonly newAfter: number | undefined;
  readonly otherReadSeq: number;
}

type Item = { readonly key: string; readonly at: string; readonly own: boolean } & (
  { readonly message: Message } | { readonly entry: OutboxEntry }
);

// Messages further apart than this are not grouped.
const groupFor = 5 * 60_000;

/** The rows of a conversation, the oldest first and the unsent ones last. */
export function logRows({ me, messages, unsent, isComplete, newAfter, otherReadSeq }: LogContents): readonly LogRow[] {
  const sent = new Set(messages.filter((message) => message.from === me).map((message) => message.clientId));
  const items: Item[] = [
    ...messages.map((message) => ({ key: `${message.from}/${message.clientId}`, at: message.sentAt, own: message.from === me, message })),
    // Skips messages that are stored already although the response is missing.
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
