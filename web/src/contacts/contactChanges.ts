import type { Contact, LastFiles, LastMessage, Message, MessageFile } from '@/api/types';

/** When the two last exchanged a message, or connected. Connections are sorted by it. */
export function lastActivityAt(contact: Contact): number {
  return Math.max(time(contact.lastMessage?.sentAt), time(contact.answeredAt));
}

/** Whether the member can read the messages: also after the end, and of somebody whom they block. */
export function isReadable({ state, endedAt, blocked }: Contact): boolean {
  return state === 'connected' || endedAt !== undefined || blocked === true;
}

/** Whether the two are not connected and no message is left: there was none, or the other member erased their profile and its messages. */
export function hasNoConversation({ state, lastMessage }: Contact): boolean {
  return state !== 'connected' && lastMessage === undefined;
}

/**
 * A contact that was read, merged with what is already cached. Live events and own actions can be ahead of the rows that the server reads.
 * Sequence numbers only grow, so the higher one is newer.
 */
export function mergeContact(read: Contact, known: Contact | undefined): Contact {
  if (!known || hasNoConversation(read)) {
    return read;
  }

  const last = newerLast(read.lastMessage, known.lastMessage);
  const readSeq = Math.max(read.readSeq, known.readSeq);
  const lastSeq = last?.seq ?? 0;
  return {
    ...read,
    ...(last && { lastMessage: last }),
    readSeq,
    // 0 also while one of the two hides their read marks.
    otherReadSeq: read.otherReadSeq === 0 ? 0 : Math.max(read.otherReadSeq, known.otherReadSeq),
    unread:
      [read, known].find((one) => one.readSeq === readSeq && (one.lastMessage?.seq ?? 0) === lastSeq)?.unread ??
      Math.min(Math.max(read.unread, known.unread), lastSeq - readSeq),
  };
}

/** What a conversation adds to the unread total. One that is archived or muted asks for no attention. */
export function countedUnread({ unread, archived, muted, markedUnread }: Contact): number {
  return archived || muted ? 0 : Math.max(unread, markedUnread ? 1 : 0);
}

/** How a conversation stands in the member's inbox, or how it shall. What is left out stays as it is. */
export type InboxChange = Partial<Readonly<Record<'archived' | 'pinned' | 'muted' | 'markedUnread', boolean>>>;

/** A contact after a change of how it stands in the inbox. Archived, it holds no pin; pinned, it is in the inbox. */
export function withInbox(contact: Contact, change: InboxChange): Contact {
  const { archived, pinned, muted, markedUnread, ...others } = contact;
  const wanted = { ...(change.archived && { pinned: false }), ...(change.pinned && { archived: false }), ...change };
  const is = { archived, pinned, muted, markedUnread, ...wanted };
  return {
    ...others,
    ...(is.archived && { archived: true }),
    ...(is.pinned && { pinned: true }),
    ...(is.muted && { muted: true }),
    ...(is.markedUnread && { markedUnread: true }),
  };
}

/** A contact after a new message. The same message can arrive more than once. */
export function withMessage(contact: Contact, message: Message, me: string): Contact {
  if (message.seq <= (contact.lastMessage?.seq ?? 0)) {
    return contact;
  }

  const isUnread = message.from !== me && message.seq > contact.readSeq;
  return {
    ...(message.from === me ? contact : withInbox(contact, { archived: false })),
    lastMessage: lastOf(message),
    unread: contact.unread + (isUnread ? 1 : 0),
  };
}

/** A contact after one of its messages was edited, deleted or reacted to. */
export function withChangedMessage(contact: Contact, message: Message): Contact {
  return contact.lastMessage?.seq === message.seq ? { ...contact, lastMessage: lastOf(message) } : contact;
}

/** A contact after the member has read up to `seq`. At most the messages after it are still unread. */
export function withRead(contact: Contact, seq: number): Contact {
  return seq > contact.readSeq
    ? {
        ...withInbox(contact, { markedUnread: false }),
        readSeq: seq,
        unread: Math.max(0, Math.min(contact.unread, (contact.lastMessage?.seq ?? 0) - seq)),
      }
    : contact;
}

/** A contact after the other member has read up to `seq`. */
export function withReadByOther(contact: Contact, seq: number): Contact {
  return seq > contact.otherReadSeq ? { ...contact, otherReadSeq: seq } : contact;
}

function newerLast(read: LastMessage | undefined, known: LastMessage | undefined): LastMessage | undefined {
  const [readSeq, knownSeq] = [read?.seq ?? 0, known?.seq ?? 0];
  // A deletion is final.
  return knownSeq > readSeq || (knownSeq === readSeq && known?.deleted) ? known : read;
}

function lastOf({ seq, from, text, sentAt, deleted, files }: Message): LastMessage {
  return { seq, from, text, sentAt, ...(deleted && { deleted }), ...(files && { files: atAGlance(files) }) };
}

function atAGlance(files: readonly MessageFile[]): LastFiles {
  const [only, ...others] = files;
  return {
    count: files.length,
    kind: files.every(({ type }) => type.startsWith('image/')) ? 'picture' : 'file',
    ...(only && others.length === 0 && { name: only.name }),
  };
}

function time(at: string | undefined): number {
  return at === undefined ? 0 : Date.parse(at);
}
