import { Link } from 'react-router';
import styles from './Segments.module.css';

interface Segment {
  readonly to: string;
  readonly name: string;
  readonly current: boolean;
  /** How many wait there, and what to call them for those who hear it. */
  readonly count: number;
  readonly counted: string;
}

/** The few sides of one page, as links: each has its own address. */
export function Segments({ label, segments }: { readonly label: string; readonly segments: readonly Segment[] }) {
  return (
    <nav aria-label={label} className={styles.segments}>
      {segments.map(({ to, name, current, count, counted }) => (
        <Link key={to} to={to} className={styles.segment} aria-current={current ? 'page' : undefined}>
          {name}
          {count > 0 && (
            <>
              <span className={styles.count} aria-hidden="true">
                {count}
              </span>
              <span className="visually-hidden">
                , {count} {counted}
              </span>
            </>
          )}
        </Link>
      ))}
    </nav>
  );
}
