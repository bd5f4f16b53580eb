import { useEffect, useRef } from 'react';
import { Button } from './Button';
import styles from './LoadMore.module.css';

interface LoadMoreProps {
  readonly hasMore: boolean;
  readonly loading: boolean;
  /** It could not be loaded: then only the button tries again. */
  readonly failed?: boolean;
  /** What the button says, such as "More creators". */
  readonly label: string;
  readonly loadMore: () => void;
}

/** The end of a list that goes on: loads more when it scrolls near, and has a button for the keyboard. */
export function LoadMore({ hasMore, loading, failed = false, label, loadMore }: LoadMoreProps) {
  const mark = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = mark.current;
    if (!element || !hasMore || loading || failed) {
      return;
    }

    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) {
          loadMore();
        }
      },
      { rootMargin: '600px' },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [hasMore, loading, failed, loadMore]);
  return hasMore ? (
    <div ref={mark} className={styles.more}>
      {failed && !loading && <p role="alert">The rest could not be loaded.</p>}
      <Button busy={loading} onClick={loadMore}>
        {loading ? 'Loading…' : failed ? 'Try again' : label}
      </Button>
    </div>
  ) : null;
}
