import styles from './Segments.module.css';
import { Link } from './router';

interface Segment {
  readonly to: string;
  readonly name: string;
  readonly current: boolean;
  /** The count on the segment, and how it reads for screen readers. */
  readonly count: number;
  readonly counted: (count: number) => string;
}

/** Links between the few views of one page. */
export function Segments({ label, segments }: { readonly label: string; readonly segments: readonly Segment[] }) {
  return (
    <nav aria-label={label} className={styles.segments}>
      {segments.map(({ to, name, current, count, counted }) => (
        <Link key={to} to={to} className={styles.segment} aria-current={current ? 'page' : undefined}>
          <span>{name}</span>
          {count > 0 && (
            <>
              <span className={styles.count} aria-hidden="true">
                {count}
              </span>
              <span className="visually-hidden">{counted(count)}</span>
            </>
          )}
        </Link>
      ))}
    </nav>
  );
}
