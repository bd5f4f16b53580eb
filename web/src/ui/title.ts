import { useEffect } from 'react';

/** Sets the page's part of the browser's title. */
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
