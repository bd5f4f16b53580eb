import { Skeleton } from '../ui/Skeleton';
import styles from './MemberRow.module.css';

/** Where a `MemberRow` will be. */
export function MemberRowSkeleton() {
  return (
    <div className={styles.row}>
      <Skeleton shape="circle" />
      <div>
        <Skeleton width="short" />
        <Skeleton width="long" />
        <Skeleton width="half" />
      </div>
    </div>
  );
}
