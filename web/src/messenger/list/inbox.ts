import type { Contact } from '@/api/types';
import { lastActivityAt } from '@/contacts/contactChanges';

/** What the list of conversations shows. */
export type InboxView = 'inbox' | 'unread' | 'archived';

/** The conversations of a view. In the inbox the pinned ones are first; otherwise the latest activity is. */
export function conversationsOf(view: InboxView, read: readonly Contact[]): readonly Contact[] {
  const unique = [...new Map(read.filter((contact) => isIn(view, contact)).map((contact) => [contact.id, contact])).values()];
  const rank = ({ pinned }: Contact) => (view === 'inbox' && pinned ? 1 : 0);
  return unique.sort((a, b) => rank(b) - rank(a) || lastActivityAt(b) - lastActivityAt(a));
}

function isIn(view: InboxView, { state, archived, unread, markedUnread }: Contact): boolean {
  const isUnread = unread > 0 || markedUnread === true;
  return state === 'connected' && (archived === true) === (view === 'archived') && (view !== 'unread' || isUnread);
}
