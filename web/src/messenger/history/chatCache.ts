import type { QueryClient, QueryKey } from '@tanstack/react-query';
import { keys } from '@/api/queries';
import type { Message } from '@/api/types';
import { changeContact, cachedContact } from '@/contacts/contactsCache';
import { withChangedMessage, withMessage, withRead, withReadByOther } from '@/contacts/contactChanges';
import { hasGap, type History, isNewer, withMessages, withQuotesOf } from './history';

/**
 * Adds a message to its conversation and to the list.
 *
 * @returns whether messages before it are missing.
 */
export function showMessage(cache: QueryClient, me: string, message: Message): boolean {
  const lastKnown = cachedContact(cache, message.connectionId)?.lastMessage?.seq ?? 0;
  changeContact(cache, message.connectionId, (contact) => withMessage(contact, message, me));
  const history = changeHistory(cache, message.connectionId, (known) => withMessages(known, [message]));
  fillGap(cache, message.connectionId, history);
  return message.seq > lastKnown + 1;
}

/** Shows a message that was edited or deleted or has other reactions, unless a later version of it is shown. */
export function showChangedMessage(cache: QueryClient, message: Message): void {
  const shown = cache.getQueryData<History>(keys.messages(message.connectionId))?.messages.find(({ seq }) => seq === message.seq);
  if (shown && !isNewer(message, shown)) {
    return;
  }

  changeContact(cache, message.connectionId, (contact) => withChangedMessage(contact, message));
  // A message that is not loaded yet arrives in its current state when it is read. What quotes it may be loaded.
  changeHistory(cache, message.connectionId, (known) => (shown ? withMessages(known, [message]) : withQuotesOf(known, message)));
}

/**
 * Shows the new and changed messages of a conversation among those that are loaded.
 *
 * @param erasedSeq the last message that is not shown any more; absent for none.
 */
export function showMessages(cache: QueryClient, connectionId: string, messages: readonly Message[], erasedSeq = 0): void {
  const history = changeHistory(cache, connectionId, (known) => {
    const kept = known.messages[0] && known.messages[0].seq <= erasedSeq ? dropped(known, erasedSeq) : known;
    // Earlier ones arrive in their current state when they are read.
    const first = kept.messages[0]?.seq ?? 0;
    return messages
      .filter(({ seq }) => seq < first)
      .reduce(
        withQuotesOf,
        withMessages(
          kept,
          messages.filter(({ seq }) => seq >= first),
        ),
      );
  });
  fillGap(cache, connectionId, history);
}

/** Marks conversations, so that the next read covers all that is known of them. */
export function markOutdated(cache: QueryClient, queryKey: QueryKey): void {
  cache.setQueriesData<History>({ queryKey }, (known) => known && { ...known, isOutdated: true });
}

function fillGap(cache: QueryClient, connectionId: string, history: History | undefined): void {
  if (history && hasGap(history)) {
    void cache.invalidateQueries({ queryKey: keys.messages(connectionId) });
  }
}

function dropped(known: History, erasedSeq: number): History {
  return { ...known, messages: known.messages.filter(({ seq }) => seq > erasedSeq), begins: erasedSeq + 1 };
}

/**
 * Shows that the member has read up to a message, on any device.
 *
 * @returns whether later messages are still unread.
 */
export function showRead(cache: QueryClient, connectionId: string, seq: number): boolean {
  changeContact(cache, connectionId, (contact) => withRead(contact, seq));
  return (cachedContact(cache, connectionId)?.unread ?? 0) > 0;
}

/** Shows that the other member has read up to a message. */
export function showReadByOther(cache: QueryClient, connectionId: string, seq: number): void {
  changeContact(cache, connectionId, (contact) => withReadByOther(contact, seq));
}

/** Changes the messages of a conversation, if they are cached. */
export function changeHistory(cache: QueryClient, connectionId: string, change: (history: History) => History): History | undefined {
  return cache.setQueryData<History>(keys.messages(connectionId), (history) => history && change(history));
}
