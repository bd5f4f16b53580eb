import { MessagesSquare } from 'lucide-react';
import { rows } from '../api/queries';
import { useConnections } from '../connections/useConnections';
import { Notice } from '../ui/Notice';
import styles from './MessengerPage.module.css';

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
