import { Check, CheckCheck } from 'lucide-react';
import type { Card, Message, ReactionKind } from '@/api/types';
import { useMe } from '@/members/useMe';
import { messageInWords } from '@/messenger/files/fileWords';
import { MessageFiles } from '@/messenger/files/MessageFiles';
import { reactionGroups } from '@/messenger/history/reactions';
import { formatTime } from '@/messenger/history/times';
import { messengerTexts as said } from '@/texts/messenger';
import { texts } from '@/texts/texts';
import { Avatar } from '@/ui/Avatar';
import { formatDateTime } from '@/ui/Time';
import { useLongPress } from '@/ui/useLongPress';
import { useSwipe } from '@/ui/useSwipe';
import { CautionLine } from './CautionLine';
import { EditForm } from './EditForm';
import type { LogRow } from './logRows';
import styles from './Message.module.css';
import { MessageActions } from './MessageActions';
import { MessageText } from './MessageText';
import { QuotedMessage } from './QuotedMessage';
import { Reactions } from './Reactions';
import type { useEditing } from './useEditing';

/** What a member can do with a message. */
export interface MessageHandlers {
  readonly onLeave: () => void;
  /** Absent, as `onReact`, where the two cannot talk any more. */
  readonly onReply: ((message: Message) => void) | undefined;
  readonly onReact: ((message: Message, kind: ReactionKind) => void) | undefined;
  /** Goes from a message to the one that it quotes. */
  readonly onOpenQuoted: (from: Message, seq: number) => void;
  readonly onDelete: (message: Message) => void;
  readonly onReport: (message: Message) => void;
}

interface SentMessageProps extends MessageHandlers {
  readonly row: Extract<LogRow, { readonly kind: 'message' }>;
  readonly other: Card;
  readonly isActive: boolean;
  /** Whether the member has just come here. */
  readonly isTarget: boolean;
  readonly canChange: boolean;
  /** The search that found it; absent for a message that no search shows. */
  readonly foundBy?: string | undefined;
  readonly editing: ReturnType<typeof useEditing>;
}

// A screen reader reads the name of a message with every step of the arrow keys.
const maxInName = 200;

function beginning(text: string): string {
  return text.length > maxInName ? `${text.slice(0, maxInName)}…` : text;
}

/** A message that the server has stored. */
export function SentMessage({
  row,
  other,
  isActive,
  isTarget,
  canChange,
  foundBy,
  editing,
  onLeave,
  onReply,
  onReact,
  onOpenQuoted,
  onDelete,
  onReport,
}: SentMessageProps) {
  const { message, own, mark } = row;
  const { quote } = message;
  const { id: me } = useMe();
  const nameOf = (id: string) => (id === me ? texts.common.you : other.displayName);
  const isEdited = own && canChange && !message.deleted && editing.editing?.seq === message.seq;
  const from = quote ? said.messageReplying(nameOf(message.from), nameOf(quote.from)) : nameOf(message.from);
  const reactions = reactionGroups(message).map(({ kind, by }) => said.reactionFrom(said.reactionNames[kind], by.map(nameOf)));
  const at = formatDateTime(message.sentAt);
  const pressed = useLongPress((bubble) => bubble.parentElement?.querySelector<HTMLElement>('[popovertarget]')?.click());
  const swiped = useSwipe(onReply && !message.deleted && !isEdited ? () => onReply(message) : undefined);
  const leaveEditing = (how: () => void) => {
    how();
    onLeave();
  };
  return (
    // Focusable, so that the keyboard can move from message to message.
    <article
      className={styles.message}
      data-own={own || undefined}
      data-message={row.key}
      data-seq={message.seq}
      data-target={isTarget || undefined}
      tabIndex={-1}
      aria-label={said.message(from, message.deleted ? said.deletedLabel : beginning(messageInWords(message)), at, reactions.join(', '))}
    >
      {!own && (
        <span className={styles.avatar}>{row.endsGroup && <Avatar name={other.displayName} url={other.avatarUrl} size={32} />}</span>
      )}
      <div className={styles.column}>
        <div className={styles.line} {...swiped}>
          {isEdited && editing.editing ? (
            <EditForm
              editing={editing.editing}
              mayBeEmpty={message.files !== undefined}
              onType={editing.type}
              onCancel={() => leaveEditing(editing.cancel)}
              onSave={(text) => leaveEditing(() => void editing.save(message, text))}
            />
          ) : (
            <div className={styles.bubble} title={at} data-deleted={message.deleted} data-files={message.files && ''} {...pressed}>
              {quote && (
                <QuotedMessage quote={quote} name={nameOf(quote.from)} isActive={isActive} onOpen={(seq) => onOpenQuoted(message, seq)} />
              )}
              {message.deleted ? (
                <p>{own ? said.deletedByYou : said.deleted}</p>
              ) : (
                <>
                  {message.files && <MessageFiles message={message} own={own} isActive={isActive} />}
                  {message.text !== '' && <MessageText text={message.text} isActive={isActive} search={foundBy} />}
                </>
              )}
            </div>
          )}
          {!isEdited && !message.deleted && (
            <MessageActions
              message={message}
              own={own}
              isActive={isActive}
              canChange={canChange}
              onReply={onReply}
              onReact={onReact}
              onEdit={editing.start}
              onDelete={onDelete}
              onReport={onReport}
            />
          )}
        </div>
        <Reactions message={message} me={me} otherName={other.displayName} isActive={isActive} onReact={onReact} />
        {!own && <CautionLine message={message} other={other} onReport={onReport} />}
        {(row.endsGroup || message.editedAt !== undefined || mark) && (
          <p className={styles.meta}>
            {message.editedAt !== undefined && !message.deleted && <span title={formatDateTime(message.editedAt)}>{said.edited}</span>}
            {row.endsGroup && (
              <time dateTime={message.sentAt} title={at}>
                {formatTime(message.sentAt)}
              </time>
            )}
            {mark && (
              <span className={styles.mark} data-mark={mark}>
                {mark === 'read' ? <CheckCheck size={14} aria-hidden="true" /> : <Check size={14} aria-hidden="true" />}
                <span>{mark === 'read' ? said.read : said.sent}</span>
              </span>
            )}
          </p>
        )}
      </div>
    </article>
  );
}
