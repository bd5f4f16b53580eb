import { useEffect } from 'react';
import { titleStore } from './titleStore';

/** Names the page in the browser's title, beside the count of what is unread. */
export function useTitle(title: string): void {
  useEffect(() => {
    titleStore.page(title);
  }, [title]);
}
