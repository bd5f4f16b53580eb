import type { Contact, LastMessage, Message } from '@/api/types';

/** When the two last talked, or connected: the list of connections goes by it. */
export function lastActivityAt(contact: Contact): number {
  return Math.max(time(contact.lastMessage?.sentAt), time(contact.answeredAt));
}

/** Whether there is no talk to show with somebody who is not connected: there was none, or the other side has erased their profile, and with it what was said. */
export function hasNoConversation({ state, lastMessage }: Contact): boolean {
  return state !== 'connected' && lastMessage === undefined;
}

/**
 * A contact that was read, with what is known of its talk already where that is newer: live events and own actions are ahead of the
 * rows that the server reads contacts from. Numbers of messages only grow, so the higher one is the newer.
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
    otherReadSeq: Math.max(read.otherReadSeq, known.otherReadSeq),
    unread:
      [read, known].find((one) => one.readSeq === readSeq && (one.lastMessage?.seq ?? 0) === lastSeq)?.unread ??
      Math.min(Math.max(read.unread, known.unread), lastSeq - readSeq),
  };
}

/** A contact after a message, which may have been told of before. */
export function withMessage(contact: Contact, message: Message, me: string): Contact {
  if (message.seq <= (contact.lastMessage?.seq ?? 0)) {
    return contact;
  }

  const isUnread = message.from !== me && message.seq > contact.readSeq;
  return { ...contact, lastMessage: lastOf(message), unread: contact.unread + (isUnread ? 1 : 0) };
}

/** A contact after a message was edited or deleted. */
export function withChangedMessage(contact: Contact, message: Message): Contact {
  return contact.lastMessage?.seq === message.seq ? { ...contact, lastMessage: lastOf(message) } : contact;
}

/** A contact after its member has read up to a message. What is unread after that is at most what came after it. */
export function withRead(contact: Contact, seq: number): Contact {
  return seq > contact.readSeq
    ? { ...contact, readSeq: seq, unread: Math.max(0, Math.min(contact.unread, (contact.lastMessage?.seq ?? 0) - seq)) }
    : contact;
}

/** A contact after the other side has read up to a message. */
export function withReadByOther(contact: Contact, seq: number): Contact {
  return seq > contact.otherReadSeq ? { ...contact, otherReadSeq: seq } : contact;
}

function newerLast(read: LastMessage | undefined, known: LastMessage | undefined): LastMessage | undefined {
  const [readSeq, knownSeq] = [read?.seq ?? 0, known?.seq ?? 0];
  // Nothing undoes a deletion.
  return knownSeq > readSeq || (knownSeq === readSeq && known?.deleted) ? known : read;
}

function lastOf({ seq, from, text, sentAt, deleted }: Message): LastMessage {
  return { seq, from, text, sentAt, ...(deleted && { deleted }) };
}

function time(at: string | undefined): number {
  return at === undefined ? 0 : Date.parse(at);
}
