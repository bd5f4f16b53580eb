import { useEffect, useRef, useState } from 'react';
import { texts } from '@/texts/texts';
import { Button } from './Button';
import styles from './LoadMore.module.css';

interface LoadMoreProps {
  /** The infinite query of the list. */
  readonly list: {
    readonly hasNextPage: boolean;
    readonly isFetching: boolean;
    readonly isFetchingNextPage: boolean;
    readonly isFetchNextPageError: boolean;
    readonly fetchNextPage: () => Promise<unknown>;
  };
  /** The words on the button, such as "More creators". */
  readonly label: string;
}

/** The end of a list with further pages: loads the next page when it scrolls near, and has a button for the keyboard. */
export function LoadMore({
  list: { hasNextPage, isFetching, isFetchingNextPage: loading, isFetchNextPageError: failed, fetchNextPage },
  label,
}: LoadMoreProps) {
  const mark = useRef<HTMLDivElement>(null);
  const [reads, setReads] = useState(0);
  useEffect(() => {
    const element = mark.current;
    // After a failure only the button tries again. A page that is asked for while the list is read again would end that.
    if (!element || !hasNextPage || isFetching || failed) {
      return;
    }

    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) {
          void fetchNextPage().then(() => setReads((count) => count + 1));
        }
      },
      { rootMargin: '600px' },
    );
    observer.observe(element);
    return () => observer.disconnect();
    // An observer tells only of a change. With every read that ended a new one looks again: the end may still be near, because the page was
    // short, or because a read of the whole list came in between.
  }, [reads, hasNextPage, isFetching, failed, fetchNextPage]);
  return hasNextPage ? (
    <div ref={mark} className={styles.more}>
      {failed && !loading && <p role="alert">{texts.ui.restNotLoaded}</p>}
      <Button busy={loading} onClick={() => void fetchNextPage()}>
        {loading ? texts.ui.loading : failed ? texts.common.retry : label}
      </Button>
    </div>
  ) : null;
}
