import styles from './Skeleton.module.css';

/** A grey shape where something will be, of its size, so that nothing moves when it comes. */
export function Skeleton({
  shape = 'line',
  width,
}: {
  readonly shape?: 'line' | 'title' | 'circle' | 'block';
  readonly width?: 'short' | 'half' | 'long';
}) {
  return <span className={styles.skeleton} data-shape={shape} data-width={width} aria-hidden="true" />;
}
