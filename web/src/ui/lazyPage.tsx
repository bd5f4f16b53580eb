import { type ComponentType, createElement, lazy } from 'react';

/** A page, or a part of one, that is loaded when it is first shown. */
export interface LazyPage<Props = object> {
  readonly Page: ComponentType<Props>;
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

export function lazyPage<Props>(load: () => Promise<ComponentType<Props>>): LazyPage<Props> {
  let loading: Promise<ComponentType<Props>> | undefined;
  const start = () => (loading ??= load());
  const reset = () => {
    loading = undefined;
    Content = content();
  };
  const content = (): ComponentType<Props> =>
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
    Page: (props) => createElement<Props & object>(Content as ComponentType<Props & object>, props as Props & object),
    preload: () => {
      // A failure is reported when the page is shown.
      start().catch(() => undefined);
    },
  };
}
