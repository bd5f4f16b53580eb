import type { Contact } from '../../api/types';
import styles from './ConversationRow.module.css';

/** The last word of a conversation, on one line. */
export function LastLine({ contact: { lastMessage }, me }: { readonly contact: Contact; readonly me: string }) {
  if (!lastMessage) {
    return <span className={styles.last}>You are connected. Say hello!</span>;
  }

  const own = lastMessage.from === me;
  return (
    <span className={styles.last}>
      {own && 'You: '}
      {lastMessage.deleted ? <em>Message deleted</em> : <bdi>{lastMessage.text}</bdi>}
    </span>
  );
}
