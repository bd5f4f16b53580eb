import { QueryClient, QueryClientProvider, useInfiniteQuery } from '@tanstack/react-query';
import { render, screen, waitFor } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { LoadMore } from './LoadMore';

function Numbers({ read }: { readonly read: (page: number) => Promise<number> }) {
  const list = useInfiniteQuery({
    queryKey: ['numbers'],
    queryFn: async ({ pageParam }) => read(pageParam),
    initialPageParam: 1,
    getNextPageParam: (last) => (last < 3 ? last + 1 : undefined),
  });
  return (
    <>
      <p>{list.data?.pages.join(' ')}</p>
      <LoadMore list={list} label="More numbers" />
    </>
  );
}

it('loads on at the end of a list that is in view, though a read of the whole list cancels that of the next page', async () => {
  const cache = new QueryClient();
  let asked = 0;
  // As a browser does: it tells once that the end is in view, and then only of a change.
  class Observer {
    constructor(private readonly tell: (entries: readonly { isIntersecting: boolean }[]) => void) {}

    private timer: ReturnType<typeof setTimeout> | undefined;

    observe() {
      this.timer = setTimeout(() => {
        this.tell([{ isIntersecting: true }]);
        asked++;
        if (asked === 1) {
          void cache.invalidateQueries({ queryKey: ['numbers'] });
        }
      });
    }

    disconnect() {
      clearTimeout(this.timer);
    }
  }
  vi.stubGlobal('IntersectionObserver', Observer);

  render(
    <QueryClientProvider client={cache}>
      <Numbers read={async (page) => Promise.resolve(page)} />
    </QueryClientProvider>,
  );

  await waitFor(() => expect(screen.getByRole('paragraph').textContent).toBe('1 2 3'));
  vi.unstubAllGlobals();
});
