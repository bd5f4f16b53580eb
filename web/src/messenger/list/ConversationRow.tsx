import { CircleAlert } from 'lucide-react';
import type { Contact } from '@/api/types';
import { formatBadge } from '@/members/names';
import { useMe } from '@/members/useMe';
import { lastMessageInWords } from '@/messenger/files/fileWords';
import { formatShort } from '@/messenger/history/times';
import { useUnsent } from '@/messenger/outbox/OutboxProvider';
import { messengerTexts as said } from '@/texts/messenger';
import { texts } from '@/texts/texts';
import { Avatar } from '@/ui/Avatar';
import { NavLink } from '@/ui/router';
import { formatDateTime, useNow } from '@/ui/Time';
import styles from './ConversationRow.module.css';

/** A conversation in the list: the other member, the last message, and the unread count. */
export function ConversationRow({ contact }: { readonly contact: Contact }) {
  const { id: me } = useMe();
  const now = useNow();
  const notSent = useUnsent(contact.id).some((entry) => entry.state !== 'sending');
  const { other, lastMessage, answeredAt, endedAt } = contact;
  // What came last before the end can no longer be marked as read.
  const unread = endedAt === undefined ? contact.unread : 0;
  const at = endedAt ?? lastMessage?.sentAt ?? answeredAt;
  return (
    <li>
      <NavLink
        to={`/messages/${encodeURIComponent(contact.id)}`}
        state={{ fromList: true }}
        className={styles.row}
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
              <time className={styles.at} dateTime={at} title={formatDateTime(at)}>
                {endedAt === undefined ? formatShort(at, now) : said.listEndedAt(formatShort(at, now))}
              </time>
            )}
          </span>
          <span className={styles.line}>
            <LastLine contact={contact} me={me} />
            {notSent && (
              <span className={styles.notSent}>
                <CircleAlert size={18} aria-hidden="true" />
                <span className="visually-hidden">{said.notSent}</span>
              </span>
            )}
            {unread > 0 && (
              <span className={styles.unread}>
                <span aria-hidden="true">{formatBadge(unread)}</span>
                <span className="visually-hidden">{texts.app.unread(unread)}</span>
              </span>
            )}
          </span>
        </span>
      </NavLink>
    </li>
  );
}

/** The last message, on one line. */
function LastLine({ contact: { lastMessage, endedAt }, me }: { readonly contact: Contact; readonly me: string }) {
  if (!lastMessage) {
    return <span className={styles.last}>{endedAt === undefined ? said.hello : said.noMessages}</span>;
  }

  const words = lastMessage.deleted ? <em>{texts.common.deletedMessage}</em> : <bdi>{lastMessageInWords(lastMessage)}</bdi>;
  return <span className={styles.last}>{lastMessage.from === me ? texts.common.youWrote(words) : words}</span>;
}
