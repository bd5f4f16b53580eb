import type { Contact, Message } from '../../api/types';
import { useNow } from '../../ui/useNow';
import type { useEditing } from '../conversation/useEditing';
import { dayName } from '../times';
import styles from './LogItem.module.css';
import type { LogRow } from './logRows';
import { SentMessage } from './SentMessage';
import { StartOfTalk } from './StartOfTalk';
import { UnsentMessage } from './UnsentMessage';

interface LogItemProps {
  readonly row: LogRow;
  readonly contact: Contact;
  /** It is the one that the keyboard is at. */
  readonly isActive: boolean;
  readonly editing: ReturnType<typeof useEditing>;
  readonly onLeave: () => void;
  readonly onDelete: (message: Message) => void;
  readonly onReport: (message: Message) => void;
}

/** One row of the log, with what separates it from the one before. */
export function LogItem({ row, contact, isActive, editing, onLeave, onDelete, onReport }: LogItemProps) {
  const now = useNow();
  if (row.kind === 'start') {
    return <StartOfTalk contact={contact} />;
  }

  return (
    <div className={styles.item} data-ends={row.endsGroup || undefined}>
      {row.startsDay && (
        <p className={styles.separator}>
          <span>{dayName(row.at, now)}</span>
        </p>
      )}
      {row.kind === 'message' && row.startsNew && (
        <p className={styles.separator} data-new>
          <span>New</span>
        </p>
      )}
      {row.kind === 'waiting' ? (
        <UnsentMessage row={row} isActive={isActive} canRetry={contact.state === 'connected'} />
      ) : (
        <SentMessage
          row={row}
          other={contact.other}
          isActive={isActive}
          canChange={contact.state === 'connected'}
          editing={editing}
          onLeave={onLeave}
          onDelete={onDelete}
          onReport={onReport}
        />
      )}
    </div>
  );
}
