import { Clock, TriangleAlert } from 'lucide-react';
import type { Problem } from '@/api/problem';
import { formatTime } from '@/messenger/history/times';
import { useOutbox } from '@/messenger/outbox/OutboxProvider';
import { messengerTexts as said } from '@/texts/messenger';
import { texts } from '@/texts/texts';
import { Button } from '@/ui/Button';
import type { LogRow } from './logRows';
import styles from './Message.module.css';
import { MessageText } from './MessageText';

interface UnsentMessageProps {
  readonly row: Extract<LogRow, { readonly kind: 'waiting' }>;
  readonly isActive: boolean;
  readonly canRetry: boolean;
}

/** A message that the server has not stored yet: being sent, waiting, or refused. */
export function UnsentMessage({ row, isActive, canRetry }: UnsentMessageProps) {
  const outbox = useOutbox();
  const { entry } = row;
  const tabIndex = isActive ? 0 : -1;
  return (
    <article className={styles.message} data-own data-message={row.key} tabIndex={-1} aria-label={said.unsent}>
      <div className={styles.column}>
        <div className={styles.line}>
          <div className={styles.bubble} data-state={entry.state}>
            <MessageText text={entry.text} isActive={isActive} />
          </div>
        </div>
        {entry.state === 'sending' ? (
          row.endsGroup && (
            <p className={styles.meta}>
              <time dateTime={row.at}>{formatTime(row.at)}</time>
              <span className={styles.sending}>
                <Clock size={14} aria-hidden="true" /> <span>{said.sending}</span>
              </span>
            </p>
          )
        ) : (
          <>
            <p className={styles.meta} data-bad={entry.state === 'refused' || undefined}>
              {entry.state === 'refused' ? <TriangleAlert size={14} aria-hidden="true" /> : <Clock size={14} aria-hidden="true" />}
              <span>{entry.state === 'refused' ? said.unsentRefused(entry.refused ?? '') : waiting(entry.waitsFor)}</span>
            </p>
            <p className={styles.choices}>
              {canRetry && (
                <Button size="small" tone="quiet" tabIndex={tabIndex} onClick={() => outbox.retry(entry.clientId)}>
                  {texts.common.retry}
                </Button>
              )}
              <Button size="small" tone="quiet" tabIndex={tabIndex} onClick={() => outbox.drop(entry.clientId)}>
                {said.delete}
              </Button>
            </p>
          </>
        )}
      </div>
    </article>
  );
}

function waiting(problem: Problem | undefined): string {
  if (problem?.code === 'offline') {
    return said.unsentOffline;
  }

  if (problem?.status === 429 && problem.until !== undefined) {
    return said.unsentTooFast(formatTime(problem.until));
  }

  return said.unsentRetried(problem?.detail ?? '');
}
