import { useEffect, useRef } from 'react';
import { Button } from './Button';
import styles from './LoadMore.module.css';

interface LoadMoreProps {
  readonly hasMore: boolean;
  readonly loading: boolean;
  /** What the button says, such as "More creators". */
  readonly label: string;
  readonly loadMore: () => void;
}

/** The end of a list that goes on: loads more when it scrolls near, and has a button for the keyboard. */
export function LoadMore({ hasMore, loading, label, loadMore }: LoadMoreProps) {
  const mark = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = mark.current;
    if (!element || !hasMore || loading) {
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
  }, [hasMore, loading, loadMore]);
  return hasMore ? (
    <div ref={mark} className={styles.more}>
      <Button busy={loading} onClick={loadMore}>
        {loading ? 'Loading…' : label}
      </Button>
    </div>
  ) : null;
}
