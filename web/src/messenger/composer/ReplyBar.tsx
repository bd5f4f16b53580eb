import { X } from 'lucide-react';
import type { Quote } from '@/api/types';
import { lastMessageInWords } from '@/messenger/files/fileWords';
import { messengerTexts as said } from '@/texts/messenger';
import { IconButton } from '@/ui/IconButton';
import styles from './ReplyBar.module.css';

interface ReplyBarProps {
  readonly id: string;
  readonly quote: Quote;
  /** Whose message it is; undefined for the member's own. */
  readonly name: string | undefined;
  readonly onCancel: () => void;
}

/** Above the field for a new message: what that replies to. */
export function ReplyBar({ id, quote, name, onCancel }: ReplyBarProps) {
  return (
    <div className={styles.bar}>
      <p id={id} className={styles.quote}>
        <span className={styles.name}>{name === undefined ? said.replyToYourself : said.replyTo(<bdi>{name}</bdi>)}</span>
        <span className={styles.text} dir="auto">
          {quote.deleted ? said.replyGone : lastMessageInWords(quote)}
        </span>
      </p>
      <IconButton label={said.replyCancel} icon={X} size="small" onClick={onCancel} />
    </div>
  );
}
