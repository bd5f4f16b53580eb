import { useEffect } from 'react';

/** Names the page in the browser's title, beside the count of what is unread. */
export function useTitle(title: string): void {
  useEffect(() => {
    titleStore.page(title);
  }, [title]);
}

const product = 'Connections';
let page = '';
let unread = 0;

function show(): void {
  const name = page === '' ? product : `${page} · ${product}`;
  document.title = unread > 0 ? `(${unread}) ${name}` : name;
}

/** The browser's title: which page it is, and how much is unread in all of it. */
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
