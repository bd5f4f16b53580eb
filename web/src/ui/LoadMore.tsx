import { useEffect, useRef } from 'react';
import { texts } from '@/texts/texts';
import { Button } from './Button';
import styles from './LoadMore.module.css';

interface LoadMoreProps {
  /** The infinite query of the list. */
  readonly list: {
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    readonly isFetchNextPageError: boolean;
    readonly fetchNextPage: () => Promise<unknown>;
  };
  /** The words on the button, such as "More creators". */
  readonly label: string;
}

/** The end of a list with further pages: loads the next page when it scrolls near, and has a button for the keyboard. */
export function LoadMore({
  list: { hasNextPage, isFetchingNextPage: loading, isFetchNextPageError: failed, fetchNextPage },
  label,
}: LoadMoreProps) {
  const mark = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = mark.current;
    // After a failure only the button tries again.
    if (!element || !hasNextPage || loading || failed) {
      return;
    }

    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) {
          void fetchNextPage();
        }
      },
      { rootMargin: '600px' },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [hasNextPage, loading, failed, fetchNextPage]);
  return hasNextPage ? (
    <div ref={mark} className={styles.more}>
      {failed && !loading && <p role="alert">{texts.ui.restNotLoaded}</p>}
      <Button busy={loading} onClick={() => void fetchNextPage()}>
        {loading ? texts.ui.loading : failed ? texts.common.retry : label}
      </Button>
    </div>
  ) : null;
}
