import styles from './Skeleton.module.css';

/** A grey placeholder of the content's size, so that nothing moves when the content appears. */
export function Skeleton({
  shape = 'line',
  width,
}: {
  readonly shape?: 'line' | 'title' | 'circle' | 'block';
  readonly width?: 'short' | 'half' | 'long';
}) {
  return <span className={styles.skeleton} data-shape={shape} data-width={width} aria-hidden="true" />;
}
