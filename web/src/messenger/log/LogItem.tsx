import type { Contact } from '@/api/types';
import { formatDay } from '@/messenger/history/times';
import type { SearchHit } from '@/messenger/search/useMessageSearch';
import { messengerTexts as said } from '@/texts/messenger';
import { Avatar } from '@/ui/Avatar';
import { Time, useNow } from '@/ui/Time';
import styles from './LogItem.module.css';
import type { LogRow } from './logRows';
import { type MessageHandlers, SentMessage } from './SentMessage';
import { UnsentMessage } from './UnsentMessage';
import type { useEditing } from './useEditing';

interface LogItemProps extends MessageHandlers {
  readonly row: LogRow;
  readonly contact: Contact;
  /** Whether the keyboard is at this row. */
  readonly isActive: boolean;
  /** Whether the member has just come here. */
  readonly isTarget: boolean;
  /** The message that a search shows. */
  readonly found: SearchHit | undefined;
  readonly editing: ReturnType<typeof useEditing>;
}

/** A row of the log, with the separators before it. */
export function LogItem({ row, contact, isActive, isTarget, found, editing, ...handlers }: LogItemProps) {
  const now = useNow();
  if (row.kind === 'start') {
    return <ConversationStart contact={contact} />;
  }

  return (
    <div className={styles.item} data-ends={row.endsGroup || undefined}>
      {row.startsDay && (
        <p className={styles.separator}>
          <span>{formatDay(row.at, now)}</span>
        </p>
      )}
      {row.kind === 'message' && row.startsNew && (
        <p className={styles.separator} data-new>
          <span>{said.newDivider}</span>
        </p>
      )}
      {row.kind === 'waiting' ? (
        <UnsentMessage row={row} other={contact.other} isActive={isActive} canRetry={contact.state === 'connected'} />
      ) : (
        <SentMessage
          row={row}
          other={contact.other}
          isActive={isActive}
          isTarget={isTarget}
          canChange={contact.state === 'connected'}
          foundBy={row.message.seq === found?.seq ? found.text : undefined}
          editing={editing}
          {...handlers}
        />
      )}
    </div>
  );
}

/** Shown before the first message: how the two came to talk, and the invite's note. */
function ConversationStart({ contact: { other, state, direction, note, answeredAt, invitedAt } }: { readonly contact: Contact }) {
  return (
    <div className={styles.start}>
      <Avatar name={other.displayName} url={other.avatarUrl} size={64} />
      <p>
        <span>{(direction === 'sent' ? said.youInvited : said.invitedBy)(<bdi>{other.displayName}</bdi>)}</span>{' '}
        {/* After the end, `answeredAt` is when it ended. */}
        {state === 'connected' && <span>{said.connectedAt(<Time at={answeredAt ?? invitedAt} />)}</span>}
      </p>
      {note !== undefined && note !== '' && (
        <blockquote className={styles.note}>
          <p className={styles.from}>{direction === 'sent' ? said.noteYours : said.noteTheirs}</p>
          <p className={styles.text} dir="auto">
            {note}
          </p>
        </blockquote>
      )}
    </div>
  );
}
