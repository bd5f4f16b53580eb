import { Suspense, type ReactNode } from 'react';
import { PageErrors } from './PageErrors';

/** What is loaded when it is first shown; nothing for the moment that this takes. A part that cannot be loaded says what to do. */
export function Loading({ at, children }: { readonly at: string; readonly children: ReactNode }) {
  return (
    <PageErrors at={at}>
      <Suspense fallback={null}>{children}</Suspense>
    </PageErrors>
  );
}
