import type { Contact } from '../../api/types';
import { Avatar } from '../../ui/Avatar';
import { Time } from '../../ui/Time';
import styles from './StartOfTalk.module.css';

/** Before the first message: how the two came to talk, and what the invite said. */
export function StartOfTalk({ contact: { other, state, direction, note, answeredAt, invitedAt } }: { readonly contact: Contact }) {
  return (
    <div className={styles.start}>
      <Avatar name={other.displayName} url={other.avatarUrl} size={64} />
      <p>
        {direction === 'sent' ? (
          <>
            You invited <bdi>{other.displayName}</bdi>.
          </>
        ) : (
          <>
            <bdi>{other.displayName}</bdi> invited you.
          </>
        )}
        {/* Once it has ended, that is when it ended. */}
        {state === 'connected' && (
          <>
            {' '}
            Connected <Time at={answeredAt ?? invitedAt} />.
          </>
        )}
      </p>
      {note !== undefined && note !== '' && (
        <blockquote className={styles.note}>
          <p className={styles.from}>{direction === 'sent' ? 'Your note' : 'Their note'}</p>
          <p className={styles.text} dir="auto">
            {note}
          </p>
        </blockquote>
      )}
    </div>
  );
}
