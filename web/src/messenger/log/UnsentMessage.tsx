import { Clock, TriangleAlert } from 'lucide-react';
import type { Problem } from '@/api/problem';
import type { Card } from '@/api/types';
import { fileRefusedInWords, formatPercent } from '@/messenger/files/fileWords';
import { UnsentFiles } from '@/messenger/files/UnsentFiles';
import { formatTime } from '@/messenger/history/times';
import { useOutbox } from '@/messenger/outbox/OutboxProvider';
import type { OutboxEntry } from '@/messenger/outbox/OutboxStorage';
import { fileTexts } from '@/texts/files';
import { messengerTexts as said } from '@/texts/messenger';
import { texts } from '@/texts/texts';
import { Button } from '@/ui/Button';
import type { LogRow } from './logRows';
import styles from './Message.module.css';
import { MessageText } from './MessageText';
import { QuotedMessage } from './QuotedMessage';

interface UnsentMessageProps {
  readonly row: Extract<LogRow, { readonly kind: 'waiting' }>;
  readonly other: Card;
  readonly isActive: boolean;
  readonly canRetry: boolean;
}

/** A message that the server has not stored yet: being sent, waiting, or refused. */
export function UnsentMessage({ row, other, isActive, canRetry }: UnsentMessageProps) {
  const outbox = useOutbox();
  const { entry } = row;
  const tabIndex = isActive ? 0 : -1;
  return (
    <article className={styles.message} data-own data-message={row.key} tabIndex={-1} aria-label={said.unsent}>
      <div className={styles.column}>
        <div className={styles.line}>
          <div className={styles.bubble} data-state={entry.state} data-files={entry.files && ''}>
            {entry.quote && !entry.quoteIsGone && (
              <QuotedMessage
                quote={entry.quote}
                name={entry.quote.from === other.id ? other.displayName : texts.common.you}
                isActive={isActive}
              />
            )}
            {entry.files && <UnsentFiles files={entry.files} percent={entry.percent} />}
            {entry.text !== '' && <MessageText text={entry.text} isActive={isActive} />}
          </div>
        </div>
        {entry.state === 'sending' ? (
          (row.endsGroup || entry.files) && (
            <p className={styles.meta}>
              <time dateTime={row.at}>{formatTime(row.at)}</time>
              <span className={styles.sending}>
                <Clock size={14} aria-hidden="true" />{' '}
                <span>{entry.percent === undefined ? said.sending : fileTexts.uploading(formatPercent(entry.percent))}</span>
              </span>
              {entry.files && (
                <Button size="small" tone="quiet" tabIndex={tabIndex} onClick={() => outbox.drop(entry.clientId)}>
                  {texts.common.cancel}
                </Button>
              )}
            </p>
          )
        ) : (
          <>
            <p className={styles.meta} data-bad={entry.state === 'refused' || undefined}>
              {entry.state === 'refused' ? <TriangleAlert size={14} aria-hidden="true" /> : <Clock size={14} aria-hidden="true" />}
              <span>{entry.state === 'refused' ? refused(entry) : waiting(entry.waitsFor)}</span>
            </p>
            <p className={styles.choices}>
              {canRetry && (
                <Button size="small" tone="quiet" tabIndex={tabIndex} onClick={() => outbox.retry(entry.clientId)}>
                  {entry.quoteIsGone ? said.unsentQuoteRetry : texts.common.retry}
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

function refused({ fileRefused, quoteIsGone, refused: why = '' }: OutboxEntry): string {
  if (quoteIsGone) {
    return said.unsentQuoteGone;
  }

  return fileRefused === undefined ? said.unsentRefused(why) : fileRefusedInWords(fileRefused);
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
