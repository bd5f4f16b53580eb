import type { QueryClient, QueryKey } from '@tanstack/react-query';
import { keys } from '@/api/queries';
import type { Contact, ContactChange, LiveEvent } from '@/api/types';
import { cachedContact, showContact } from '@/contacts/contactsCache';
import { hasNoConversation } from '@/contacts/contactChanges';
import { markOutdated, showChangedMessage, showMessage, showMessages, showRead, showReadByOther } from '@/messenger/history/chatCache';

// The server updates a conversation's row about a second after an event, and one read covers several events.
const rowFollowsIn = 2_000;

/** Applies live events to everything that is cached. An ordinary event needs no further read. */
export class EventDisplay {
  private readonly reads = new Map<string, ReturnType<typeof setTimeout>>();

  /**
   * @param cache the cache that the pages show.
   * @param me the id of the member who is signed in.
   * @param readContact reads one connection, for events that lack something.
   */
  constructor(
    private readonly cache: QueryClient,
    private readonly me: string,
    private readonly readContact: (connectionId: string) => Promise<Contact>,
  ) {}

  show(event: LiveEvent): void {
    switch (event.type) {
      case 'connection.changed': {
        // An event older than the cached state may know of a deletion but lacks the newest messages. Neither has the right unread count.
        const isBehind = (event.contact.lastMessage?.seq ?? 0) < (cachedContact(this.cache, event.contact.id)?.lastMessage?.seq ?? 0);
        showContact(this.cache, event.contact);
        if (hasNoConversation(event.contact)) {
          void this.cache.resetQueries({ queryKey: keys.messages(event.contact.id), exact: true });
        } else if (isBehind && event.contact.state === 'connected') {
          this.readSoon(event.contact.id);
        }

        break;
      }

      case 'message.created': {
        // The unread count is unknown if the conversation is not cached or an earlier event was lost.
        const isKnown = cachedContact(this.cache, event.message.connectionId) !== undefined;
        if (showMessage(this.cache, this.me, event.message) || !isKnown) {
          this.readSoon(event.message.connectionId);
        }

        break;
      }

      case 'message.changed':
        showChangedMessage(this.cache, event.message);
        break;
      case 'message.read':
        if (event.by !== this.me) {
          showReadByOther(this.cache, event.connectionId, event.seq);
        } else if (showRead(this.cache, event.connectionId, event.seq)) {
          this.readSoon(event.connectionId);
        }

        break;
      default:
        // Other kinds, and typing, which the conversation handles itself.
        break;
    }
  }

  /** Shows what changed of a connection while events were missed. */
  showChange({ contact, messages, hasMore, erasedSeq }: ContactChange): void {
    this.show({ type: 'connection.changed', contact });
    showMessages(this.cache, contact.id, messages, erasedSeq);
    if (hasMore) {
      markOutdated(this.cache, keys.messages(contact.id));
      this.readAgain([keys.messages(contact.id)]);
    }
  }

  /** Reads again the cards of creators, which are not among the changes. */
  refreshCards(): void {
    this.readAgain(keys.cards);
  }

  /** Reads again everything that live events update. */
  refresh(): void {
    const [oneConnection] = keys.connection('');
    const [allMessages] = keys.messages('');
    markOutdated(this.cache, [allMessages]);
    this.readAgain([[allMessages], keys.connections, keys.allInbox, keys.ended, [oneConnection], keys.allInvites, ...keys.cards]);
  }

  /** Cancels the reads that are scheduled. */
  stop(): void {
    this.reads.forEach((timer) => clearTimeout(timer));
    this.reads.clear();
  }

  private readAgain(queryKeys: readonly QueryKey[]): void {
    for (const queryKey of queryKeys) {
      // Queries in their first read are fresh enough, and somebody is waiting for them.
      void this.cache.invalidateQueries({ queryKey, predicate: ({ state }) => state.data !== undefined });
    }
  }

  private readSoon(connectionId: string): void {
    clearTimeout(this.reads.get(connectionId));
    this.reads.set(
      connectionId,
      setTimeout(() => void this.read(connectionId), rowFollowsIn),
    );
  }

  private async read(connectionId: string): Promise<void> {
    this.reads.delete(connectionId);
    try {
      showContact(this.cache, await this.readContact(connectionId));
    } catch {
      // The list is then read again when it is next shown.
      await this.cache.invalidateQueries({ queryKey: keys.connections, refetchType: 'none' });
    }
  }
}
