import { Skeleton } from '../../ui/Skeleton';
import styles from './ListSkeleton.module.css';

const many = 8;

/** The list while it is read. */
export function ListSkeleton() {
  return (
    <div className={styles.list} role="status" aria-label="The conversations are loading">
      {Array.from({ length: many }, (_, i) => (
        <div key={i} className={styles.row}>
          <Skeleton shape="circle" />
          <span>
            <Skeleton width="half" />
            <Skeleton width="long" />
          </span>
        </div>
      ))}
    </div>
  );
}
