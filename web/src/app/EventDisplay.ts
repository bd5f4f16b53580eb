import type { QueryClient } from '@tanstack/react-query';
import { keys } from '@/api/queries';
import type { Contact, LiveEvent } from '@/api/types';
import { cachedContact, showContact } from '@/contacts/contactsCache';
import { hasNoConversation } from '@/contacts/contactChanges';
import { showChangedMessage, showMessage, showRead, showReadByOther } from '@/messenger/history/chatCache';

// The server's row of a conversation follows its events in about a second; and of many events one read is enough.
const rowFollowsIn = 2_000;

/** Shows what live events say in every list they concern, by what they say: nothing is read again for an ordinary one. */
export class EventDisplay {
  private readonly reads = new Map<string, ReturnType<typeof setTimeout>>();

  /**
   * @param cache what is shown.
   * @param me the member who is signed in.
   * @param readContact reads one connection, for the few events that do not say enough.
   */
  constructor(
    private readonly cache: QueryClient,
    private readonly me: string,
    private readonly readContact: (connectionId: string) => Promise<Contact>,
  ) {}

  show(event: LiveEvent): void {
    switch (event.type) {
      case 'connection.changed': {
        // One that is behind what is shown knows less of the messages and may know more of what was deleted: how many are unread, neither knows.
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
        // In a conversation that is not among those read, or after one whose event was lost, it is not known how many are unread.
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
        // Kinds of events that are newer than this page, and typing, which the conversation shows.
        break;
    }
  }

  /** Reads again all that live events would have changed. */
  refresh(): void {
    const [oneConnection] = keys.connection('');
    const [allMessages] = keys.messages('');
    for (const queryKey of [keys.connections, [oneConnection], [allMessages], keys.allInvites, keys.allCreators, keys.favourites]) {
      // What is being read for the first time is new enough, and somebody waits for it.
      void this.cache.invalidateQueries({ queryKey, predicate: ({ state }) => state.data !== undefined });
    }
  }

  /** Drops what it had still to read. */
  stop(): void {
    this.reads.forEach((timer) => clearTimeout(timer));
    this.reads.clear();
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
      // The list of them is then read again when it is next shown.
      await this.cache.invalidateQueries({ queryKey: keys.connections, refetchType: 'none' });
    }
  }
}
