import { type ComponentType, lazy, type LazyExoticComponent } from 'react';

/** A page that is loaded when it is first shown. */
export interface LazyPage {
  readonly Page: ComponentType;
  /** Begins to load the page before it is shown. */
  readonly preload: () => void;
}

/** The code of a page did not load. */
export class PageNotLoaded extends Error {
  override readonly name = 'PageNotLoaded';

  constructor(
    cause: unknown,
    /** Makes the next render load it again. */
    readonly reset: () => void,
  ) {
    super('The code of a page did not load.', { cause });
  }
}

export function lazyPage(load: () => Promise<ComponentType>): LazyPage {
  let loading: Promise<ComponentType> | undefined;
  const start = () => (loading ??= load());
  const reset = () => {
    loading = undefined;
    Content = content();
  };
  const content = (): LazyExoticComponent<ComponentType> =>
    lazy(() =>
      start().then(
        (component) => ({ default: component }),
        (error: unknown) => {
          throw new PageNotLoaded(error, reset);
        },
      ),
    );
  let Content = content();
  return {
    Page: () => <Content />,
    preload: () => {
      // A failure is reported when the page is shown.
      start().catch(() => undefined);
    },
  };
}
