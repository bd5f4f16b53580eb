import { Skeleton } from '../../ui/Skeleton';
import styles from './ConversationSkeleton.module.css';
import { LogSkeleton } from '../log/LogSkeleton';

/** A conversation while it is read. */
export function ConversationSkeleton() {
  return (
    <div className={styles.conversation}>
      <div className={styles.head}>
        <Skeleton shape="circle" />
        <Skeleton shape="title" width="half" />
      </div>
      <LogSkeleton />
    </div>
  );
}
