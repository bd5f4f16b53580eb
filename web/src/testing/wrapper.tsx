import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ApiProvider, createApi } from '@/api/client';
import { type Toasts, ToastsContext } from '@/ui/toasts';

/** Wraps a component under test in a cache, an API that calls `fetch`, and toasts that the test can inspect. */
export function createWrapper(cache: QueryClient, toasts: Toasts): (props: { readonly children: ReactNode }) => ReactNode {
  const api = createApi('', { token: () => Promise.resolve('t'), renew: () => Promise.resolve(undefined) });
  return function Inside({ children }) {
    return (
      <QueryClientProvider client={cache}>
        <ApiProvider value={api}>
          <ToastsContext value={toasts}>{children}</ToastsContext>
        </ApiProvider>
      </QueryClientProvider>
    );
  };
}
