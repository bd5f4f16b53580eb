import { Skeleton } from '../ui/Skeleton';
import styles from './CreatorCard.module.css';

/** The shape of a card that is being loaded, as high as the card. */
export function CardSkeleton() {
  return (
    <div className={styles.card} aria-hidden="true">
      <div className={styles.head}>
        <span className={styles.face} />
        <div className={styles.who}>
          <div className={styles.name}>
            <Skeleton shape="title" width="half" />
          </div>
          <div className={styles.where}>
            <Skeleton width="long" />
          </div>
        </div>
      </div>
      <div className={styles.headline}>
        <Skeleton width="long" />
        <Skeleton width="half" />
      </div>
      <div className={styles.tags}>
        <Skeleton width="half" />
      </div>
      <div className={styles.foot}>
        <Skeleton shape="title" width="half" />
      </div>
    </div>
  );
}
