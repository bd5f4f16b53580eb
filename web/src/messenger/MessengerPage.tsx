import { MessagesSquare } from 'lucide-react';
import { rows } from '@/api/pages';
import { useConnections, useEnded } from '@/contacts/useContacts';
import { Conversation } from '@/messenger/conversation/Conversation';
import { ConversationList } from '@/messenger/list/ConversationList';
import { messengerTexts } from '@/texts/messenger';
import { Notice } from '@/ui/Notice';
import { useMatch } from '@/ui/router';
import styles from './MessengerPage.module.css';

/** The list of conversations beside the open one; on a phone one at a time. */
export function MessengerPage() {
  const connectionId = useMatch('/messages/:id?')?.id;
  return (
    <div className={styles.messenger} data-open={connectionId !== undefined || undefined}>
      <ConversationList open={connectionId} />
      <div className={styles.conversation}>
        {connectionId === undefined ? <NoConversation /> : <Conversation key={connectionId} connectionId={connectionId} />}
      </div>
    </div>
  );
}

/** Shown beside the list while no conversation is open. */
function NoConversation() {
  const connections = useConnections();
  const ended = useEnded(connections.isSuccess && !connections.hasNextPage);
  // An empty list has its own notice.
  return rows(connections.data).length + rows(ended.data).length > 0 ? (
    <div className={styles.middle}>
      <Notice icon={MessagesSquare} title={messengerTexts.choose}>
        <p>{messengerTexts.chooseWhy}</p>
      </Notice>
    </div>
  ) : null;
}
