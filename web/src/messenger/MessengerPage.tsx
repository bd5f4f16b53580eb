import { useParams } from 'react-router';
import { Conversation } from './conversation/Conversation';
import { ConversationList } from './list/ConversationList';
import styles from './MessengerPage.module.css';
import { NoConversation } from './NoConversation';

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
