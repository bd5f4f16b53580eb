import { ShieldAlert } from 'lucide-react';
import { useMemo } from 'react';
import type { Card, Message } from '@/api/types';
import { messengerTexts } from '@/texts/messenger';
import { cautionOf } from './caution';
import styles from './CautionLine.module.css';

const said = messengerTexts.caution;

interface CautionLineProps {
  readonly message: Message;
  readonly other: Card;
  readonly onReport: (message: Message) => void;
}

/**
 * Beside a received message that has what scams have: what they look like, and where to report one. Only in the first messages of somebody
 * whose organisation is not confirmed.
 */
export function CautionLine({ message, other, onReport }: CautionLineProps) {
  const caution = useMemo(
    () => (message.early && !message.deleted && other.confirmedDomain === undefined ? cautionOf(message.text) : undefined),
    [message, other.confirmedDomain],
  );
  return caution === undefined ? null : (
    <p className={styles.line} role="note">
      <ShieldAlert size={16} aria-hidden="true" />
      <span>
        <span>{said[caution]}</span>{' '}
        <button type="button" className={styles.report} onClick={() => onReport(message)}>
          {said.report}
        </button>
      </span>
    </p>
  );
}
