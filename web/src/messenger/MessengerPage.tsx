import { MessagesSquare } from 'lucide-react';
import { useParams } from 'react-router';
import { rows } from '@/api/pages';
import { useConnections } from '@/contacts/useContacts';
import { Conversation } from '@/messenger/conversation/Conversation';
import { ConversationList } from '@/messenger/list/ConversationList';
import { Notice } from '@/ui/Notice';
import styles from './MessengerPage.module.css';

/** The conversations, and the one that is open: side by side, on a phone one at a time. */
export function MessengerPage() {
  const { connectionId } = useParams();
  return (
    <div className={styles.messenger} data-open={connectionId !== undefined || undefined}>
      <ConversationList open={connectionId} />
      <div className={styles.conversation}>
        {connectionId === undefined ? <NoConversation /> : <Conversation key={connectionId} connectionId={connectionId} />}
      </div>
    </div>
  );
}

/** Beside the list while no conversation is open. */
export function NoConversation() {
  const connections = useConnections();
  // Where there is none, the list says what to do about it.
  return rows(connections.data).length > 0 ? (
    <div className={styles.middle}>
      <Notice icon={MessagesSquare} title="Choose a conversation">
        <p>Your messages show here.</p>
      </Notice>
    </div>
  ) : null;
}
