import { MessageCircle } from 'lucide-react';
import { useMe } from '../members/useMe';
import type { Contact } from '../api/types';
import { MemberRow } from '../members/MemberRow';
import { SafetyMenu } from '../safety/SafetyMenu';
import { IconLink } from '../ui/IconLink';
import { Tag } from '../ui/Tag';
import { Time } from '../ui/Time';
import styles from './ConnectionRow.module.css';
import { useActionUnderWay } from './useConnectionActions';

const date = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });

/** One with whom the member can talk: what was said last, and the way to the conversation. */
export function ConnectionRow({ contact: { id, other, lastMessage, unread, answeredAt } }: { readonly contact: Contact }) {
  const me = useMe();
  const ending = useActionUnderWay(id) === 'remove';
  return (
    <MemberRow
      card={other}
      level={2}
      actions={
        ending ? (
          <Tag>Ended</Tag>
        ) : (
          <>
            {unread > 0 && <Tag tone="accent">{unread} unread</Tag>}
            <IconLink
              to={`/messages/${encodeURIComponent(id)}`}
              icon={MessageCircle}
              label={`Chat with ${other.displayName}`}
              className={styles.chat}
            />
            <SafetyMenu member={other} connectionId={id} />
          </>
        )
      }
      line={
        <>
          <p className={styles.last} data-unread={unread > 0 || undefined}>
            {lastMessage ? (
              <>
                {lastMessage.from === me.id && 'You: '}
                <bdi>{lastMessage.deleted ? 'Message deleted' : lastMessage.text}</bdi>
              </>
            ) : (
              'No messages yet'
            )}
          </p>
          <p className={styles.since}>
            {lastMessage && (
              <>
                <Time at={lastMessage.sentAt} /> ·{' '}
              </>
            )}
            {answeredAt !== undefined && `Connected since ${date.format(new Date(answeredAt))}`}
          </p>
        </>
      }
    />
  );
}
