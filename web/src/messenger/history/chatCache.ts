import type { QueryClient } from '@tanstack/react-query';
import { keys } from '@/api/queries';
import type { Message } from '@/api/types';
import { changeContact, cachedContact } from '@/contacts/contactsCache';
import { withChangedMessage, withMessage, withRead, withReadByOther } from '@/contacts/contactChanges';
import { hasGap, type History, withMessages } from './history';

/** Shows a message that was sent, in its conversation and in the list of them. @returns whether some before it are missing. */
export function showMessage(cache: QueryClient, me: string, message: Message): boolean {
  const lastKnown = cachedContact(cache, message.connectionId)?.lastMessage?.seq ?? 0;
  changeContact(cache, message.connectionId, (contact) => withMessage(contact, message, me));
  const history = changeHistory(cache, message.connectionId, (known) => withMessages(known, [message]));
  if (history && hasGap(history)) {
    void cache.invalidateQueries({ queryKey: keys.messages(message.connectionId) });
  }

  return message.seq > lastKnown + 1;
}

/** Shows a message that was edited or deleted. */
export function showChangedMessage(cache: QueryClient, message: Message): void {
  changeContact(cache, message.connectionId, (contact) => withChangedMessage(contact, message));
  // One that is not among those read yet comes as it is now when it is read.
  changeHistory(cache, message.connectionId, (known) =>
    known.messages.some(({ seq }) => seq === message.seq) ? withMessages(known, [message]) : known,
  );
}

/** Shows that the member has read up to a message, here or on another device. @returns whether some after it are still unread. */
export function showRead(cache: QueryClient, connectionId: string, seq: number): boolean {
  changeContact(cache, connectionId, (contact) => withRead(contact, seq));
  return (cachedContact(cache, connectionId)?.unread ?? 0) > 0;
}

/** Shows that the other side has read up to a message. */
export function showReadByOther(cache: QueryClient, connectionId: string, seq: number): void {
  changeContact(cache, connectionId, (contact) => withReadByOther(contact, seq));
}

/** Changes the messages of a conversation, where they were read. */
export function changeHistory(cache: QueryClient, connectionId: string, change: (history: History) => History): History | undefined {
  return cache.setQueryData<History>(keys.messages(connectionId), (history) => history && change(history));
}
