import { ArrowDown, CornerDownRight } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Problem } from '@/api/problem';
import type { Contact } from '@/api/types';
import { isolated } from '@/members/names';
import { useOlder } from '@/messenger/history/useHistory';
import type { SearchHit } from '@/messenger/search/useMessageSearch';
import { messengerTexts as said } from '@/texts/messenger';
import { texts } from '@/texts/texts';
import { Button } from '@/ui/Button';
import { Skeleton } from '@/ui/Skeleton';
import { LogItem } from './LogItem';
import type { LogRow } from './logRows';
import styles from './MessageLog.module.css';
import type { MessageHandlers } from './SentMessage';
import type { useEditing } from './useEditing';
import { useJump } from './useJump';
import { useLogKeys } from './useLogKeys';
import { useLogScroll } from './useLogScroll';

/** `onLeave` is called when the keyboard leaves the log for the composer. */
interface MessageLogProps extends Omit<MessageHandlers, 'onOpenQuoted'> {
  readonly contact: Contact;
  readonly rows: readonly LogRow[];
  readonly hasOlder: boolean;
  /** How many messages of the other member are unread. */
  readonly unread: number;
  readonly editing: ReturnType<typeof useEditing>;
  /** The message that a search shows. */
  readonly found: SearchHit | undefined;
  /** Called with whether the last message is in view. */
  readonly onAtEnd: (atEnd: boolean) => void;
}

/** The messages of a conversation. Only those near the viewport are rendered. */
export function MessageLog({ contact, rows, hasOlder, unread, editing, found, onAtEnd, ...handlers }: MessageLogProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<string>();
  const { virtualizer, atEnd, isNearStart } = useLogScroll(scroller, rows, active, onAtEnd);
  const { keys, go } = useLogKeys(scroller, rows, virtualizer, active, setActive, handlers.onLeave, handlers.onReply);
  const jump = useJump(contact.id, rows, found, (index, focus) =>
    focus ? go(index, 'center') : virtualizer.scrollToIndex(index, { align: 'center' }),
  );
  return (
    <div className={styles.frame}>
      {/* The keyboard scrolls and navigates it. `MessageAnnouncer` announces new messages. */}
      <div
        ref={scroller}
        className={styles.scroller}
        role="log"
        aria-live="off"
        aria-label={said.messagesWith(isolated(contact.other.displayName))}
        {...keys}
      >
        {jump.isLoading && (
          <div className={styles.older}>
            <p className={styles.words} role="status">
              {said.earlier}
            </p>
          </div>
        )}
        {hasOlder && <OlderMessages key={rows[0]?.key} connectionId={contact.id} isNear={isNearStart} />}
        <div className={styles.rows} style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map((item) => {
            const row = rows[item.index];
            return (
              row && (
                <div
                  key={item.key}
                  ref={virtualizer.measureElement}
                  data-index={item.index}
                  className={styles.row}
                  style={{ transform: `translateY(${item.start}px)` }}
                >
                  <LogItem
                    row={row}
                    contact={contact}
                    isActive={row.key === active}
                    isTarget={row.kind === 'message' && row.message.seq === jump.target}
                    found={found}
                    editing={editing}
                    {...handlers}
                    onOpenQuoted={(from, seq) => jump.open(from.seq, seq)}
                  />
                </div>
              )
            );
          })}
        </div>
      </div>
      {(!atEnd || jump.canGoBack) && (
        <div className={styles.toEnd}>
          {jump.canGoBack && (
            <Button size="small" icon={CornerDownRight} onClick={jump.back}>
              {said.replyBack}
            </Button>
          )}
          {!atEnd && (
            <Button
              size="small"
              icon={ArrowDown}
              onClick={() => {
                jump.forget();
                virtualizer.scrollToEnd();
              }}
            >
              {unread === 0 ? said.newest : said.newMessages(unread)}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

/** Loads older messages when the member scrolls near them. It takes no space, so that nothing moves. */
function OlderMessages({ connectionId, isNear }: { readonly connectionId: string; readonly isNear: boolean }) {
  const { mutate: read, isPending, isError, error, isIdle } = useOlder(connectionId);
  useEffect(() => {
    if (isNear && isIdle) {
      read();
    }
  }, [isNear, isIdle, read]);
  return (
    <div className={styles.older}>
      {isPending && (
        <p className={styles.words} role="status">
          {said.earlier}
        </p>
      )}
      {isError && (
        <p className={styles.words} role="alert">
          <span>{said.earlierNotLoaded(Problem.from(error).detail)}</span>{' '}
          <Button size="small" onClick={() => read()}>
            {texts.common.retry}
          </Button>
        </p>
      )}
    </div>
  );
}

const shapes = ['theirs', 'theirs', 'own', 'theirs', 'own', 'own'] as const;

export function LogSkeleton() {
  return (
    <div className={styles.skeleton} role="status" aria-label={said.loading}>
      {shapes.map((side, i) => (
        <span key={i} className={styles.bubble} data-side={side}>
          <Skeleton shape="block" />
        </span>
      ))}
    </div>
  );
}
