import { useEffect } from 'react';
import { texts } from '@/texts/texts';

/** Sets the page's part of the browser's title. */
export function useTitle(title: string): void {
  useEffect(() => {
    titleStore.page(title);
  }, [title]);
}

let page = '';
let unread = 0;

function show(): void {
  document.title = texts.ui.title(page, unread);
}

/** The browser's title: the page, and the number of unread messages. */
export const titleStore = {
  page(title: string): void {
    page = title;
    show();
  },
  unread(count: number): void {
    unread = count;
    show();
  },
};
