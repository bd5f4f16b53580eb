import type { Contact } from '@/api/types';
import { lastActivityAt } from '@/contacts/contactChanges';

/** What the list of conversations shows. */
export type InboxView = 'inbox' | 'unread' | 'archived';

/**
 * The conversations of a view. In the inbox the pinned ones are first; otherwise the latest activity is.
 *
 * @param kept one that was unread when it was opened from the view. It stays among the unread ones until another one is opened.
 */
export function conversationsOf(view: InboxView, read: readonly Contact[], kept?: string): readonly Contact[] {
  const shown = read.filter((contact) => isIn(view, contact, contact.id === kept));
  const unique = [...new Map(shown.map((contact) => [contact.id, contact])).values()];
  const rank = ({ pinned }: Contact) => (view === 'inbox' && pinned ? 1 : 0);
  return unique.sort((a, b) => rank(b) - rank(a) || lastActivityAt(b) - lastActivityAt(a));
}

function isIn(view: InboxView, { state, archived, unread, markedUnread }: Contact, isKept: boolean): boolean {
  const isUnread = unread > 0 || markedUnread === true || isKept;
  return state === 'connected' && (archived === true) === (view === 'archived') && (view !== 'unread' || isUnread);
}
