import { Skeleton } from '../../ui/Skeleton';
import styles from './LogSkeleton.module.css';

const shapes = ['theirs', 'theirs', 'own', 'theirs', 'own', 'own'] as const;

/** Messages while they are read. */
export function LogSkeleton() {
  return (
    <div className={styles.log} role="status" aria-label="The messages are loading">
      {shapes.map((side, i) => (
        <span key={i} className={styles.bubble} data-side={side}>
          <Skeleton shape="block" />
        </span>
      ))}
    </div>
  );
}
