import type { Quote } from '@/api/types';
import { lastMessageInWords } from '@/messenger/files/fileWords';
import { messengerTexts as said } from '@/texts/messenger';
import styles from './QuotedMessage.module.css';

interface QuotedMessageProps {
  readonly quote: Quote;
  /** Whose message it is, as the reader calls them. */
  readonly name: string;
  readonly isActive: boolean;
  /** Goes to the quoted message; absent while the quoting one is not sent. */
  readonly onOpen?: ((seq: number) => void) | undefined;
}

/** The message that another one replies to, at its top. A press goes there. */
export function QuotedMessage({ quote, name, isActive, onOpen }: QuotedMessageProps) {
  const text = quote.deleted ? said.deleted : lastMessageInWords(quote);
  const content = (
    <>
      <span className="visually-hidden">{said.inReplyTo(name, text)}</span>
      <span aria-hidden="true" className={styles.name}>
        <bdi>{name}</bdi>
      </span>
      <span aria-hidden="true" className={styles.text} dir="auto" data-deleted={quote.deleted}>
        {text}
      </span>
    </>
  );
  return onOpen ? (
    <button type="button" className={styles.quote} tabIndex={isActive ? 0 : -1} title={said.goToQuoted} onClick={() => onOpen(quote.seq)}>
      {content}
    </button>
  ) : (
    <p className={styles.quote}>{content}</p>
  );
}
