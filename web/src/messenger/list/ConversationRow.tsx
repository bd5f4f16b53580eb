import { CircleAlert } from 'lucide-react';
import { NavLink } from 'react-router';
import type { Contact } from '../../api/types';
import { useMe } from '../../members/useMe';
import { Avatar } from '../../ui/Avatar';
import { exactly } from '../../ui/Time';
import { useNow } from '../../ui/useNow';
import { useUnsent } from '../outbox/useOutbox';
import { inShort } from '../times';
import styles from './ConversationRow.module.css';
import { LastLine } from './LastLine';

/** One conversation in the list: with whom, the last word, and how much is unread. */
export function ConversationRow({ contact }: { readonly contact: Contact }) {
  const { id: me } = useMe();
  const now = useNow();
  const notSent = useUnsent(contact.id).some((entry) => entry.state !== 'sending');
  const { other, lastMessage, answeredAt, unread } = contact;
  const at = lastMessage?.sentAt ?? answeredAt;
  return (
    <li>
      <NavLink
        to={`/messages/${encodeURIComponent(contact.id)}`}
        state={{ fromList: true }}
        className={styles.row ?? ''}
        data-connection={contact.id}
        data-unread={unread > 0 || undefined}
      >
        <Avatar name={other.displayName} url={other.avatarUrl} />
        <span className={styles.words}>
          <span className={styles.line}>
            <span className={styles.name} dir="auto">
              {other.displayName}
            </span>
            {at !== undefined && (
              <time className={styles.at} dateTime={at} title={exactly(at)}>
                {inShort(at, now)}
              </time>
            )}
          </span>
          <span className={styles.line}>
            <LastLine contact={contact} me={me} />
            {notSent && (
              <span className={styles.notSent}>
                <CircleAlert size={18} aria-hidden="true" />
                <span className="visually-hidden">, a message of yours is not sent yet</span>
              </span>
            )}
            {unread > 0 && (
              <span className={styles.unread}>
                <span className="visually-hidden">, </span>
                {unread > 99 ? '99+' : unread}
                <span className="visually-hidden"> unread</span>
              </span>
            )}
          </span>
        </span>
      </NavLink>
    </li>
  );
}
