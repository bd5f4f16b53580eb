import { Skeleton } from '../ui/Skeleton';
import styles from './CreatorProfile.module.css';

/** The shape of a profile that is being loaded. */
export function ProfileSkeleton() {
  return (
    <div className={styles.profile} aria-hidden="true">
      <div className={styles.head}>
        <span className={styles.face} />
        <div className={styles.who}>
          <Skeleton shape="title" width="half" />
          <Skeleton width="half" />
          <Skeleton width="long" />
        </div>
      </div>
      <Skeleton shape="block" />
      <Skeleton shape="block" />
    </div>
  );
}
