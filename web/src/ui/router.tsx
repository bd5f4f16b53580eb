import {
  type AnchorHTMLAttributes,
  createContext,
  type MouseEvent,
  type ReactNode,
  type Ref,
  startTransition,
  useContext,
  useEffect,
  useMemo,
  useState,
} from 'react';

/** The place in the browser's history that the page shows. */
export interface Location {
  readonly pathname: string;
  /** The query, with its question mark; empty if there is none. */
  readonly search: string;
  /** What the link or the call that led here passed on; null if nothing. */
  readonly state: unknown;
  /** Identifies the entry of the history; `default` for the one with which the client was opened. */
  readonly key: string;
  /** Whether the browser came here by itself: by Back or Forward, or by opening the client. */
  readonly isBack: boolean;
}

/** What an entry of the history holds. */
interface Entry {
  readonly usr: unknown;
  readonly key: string;
  /** How many entries of the client are before it. */
  readonly idx: number;
}

function currentEntry(): Entry {
  return { usr: null, key: 'default', idx: 0, ...(window.history.state as Partial<Entry> | null) };
}

function currentLocation(isBack: boolean): Location {
  const { pathname, search } = window.location;
  const { usr, key } = currentEntry();
  return { pathname, search, state: usr, key, isBack };
}

let tell: (isBack: boolean) => void = () => undefined;

/**
 * Shows the page at an address, which may be relative to the current one.
 *
 * @param options `replace` replaces the current entry of the history; `state` is for the page.
 */
export function navigate(
  to: string,
  { replace = false, state = null }: { readonly replace?: boolean; readonly state?: unknown } = {},
): void {
  const url = new URL(to, window.location.href);
  const entry: Entry = { usr: state, key: Math.random().toString(36).slice(2, 10), idx: currentEntry().idx + (replace ? 0 : 1) };
  try {
    window.history[replace ? 'replaceState' : 'pushState'](entry, '', url);
  } catch {
    // Safari refuses more than a hundred entries in half a minute.
    window.location.assign(url);
    return;
  }

  tell(false);
}

/** Whether the entry before the current one is the client's own. */
export function canGoBack(): boolean {
  return currentEntry().idx > 0;
}

const LocationContext = createContext<Location | undefined>(undefined);

/** Follows the browser's history. A page stays until the next one can be shown. Render only one. */
export function Router({ children }: { readonly children: ReactNode }) {
  const [location, setLocation] = useState(() => currentLocation(true));
  useEffect(() => {
    tell = (isBack) => startTransition(() => setLocation(currentLocation(isBack)));
    const back = () => tell(true);
    window.addEventListener('popstate', back);
    return () => {
      tell = () => undefined;
      window.removeEventListener('popstate', back);
    };
  }, []);
  return <LocationContext value={location}>{children}</LocationContext>;
}

export function useLocation(): Location {
  const location = useContext(LocationContext);
  if (!location) {
    throw new Error('useLocation is for components inside Router.');
  }

  return location;
}

/** The query of the current address. The same object until it changes. */
export function useQueryString(): URLSearchParams {
  const { search } = useLocation();
  return useMemo(() => new URLSearchParams(search), [search]);
}

/** What `matchPath` says of the current address. */
export function useMatch(pattern: string): PathParameters | undefined {
  return matchPath(pattern, useLocation().pathname);
}

type PathParameters = Readonly<Partial<Record<string, string>>>;

/** The parameters of a path such as `/creators/:id` or `/messages/:id?`; undefined if the path does not match. Case does not matter. */
export function matchPath(pattern: string, pathname: string): PathParameters | undefined {
  const source = pattern.replace(/\/$/, '').replace(/\/:(\w+)(\??)/g, '(?:/(?<$1>[^/]+))$2');
  const match = new RegExp(`^${source}/?$`, 'i').exec(pathname);
  return match ? Object.fromEntries(Object.entries(match.groups ?? {}).map(([name, value]) => [name, decoded(value)])) : undefined;
}

// Absent if the path lacks an optional parameter. A malformed address must not break the page.
function decoded(value: string | undefined): string | undefined {
  try {
    return value && decodeURIComponent(value);
  } catch {
    return value;
  }
}

export interface LinkProps extends Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href'> {
  /** The address, which may be relative to the current one. */
  readonly to: string;
  /** For the page, as its location's `state`. */
  readonly state?: unknown;
  readonly ref?: Ref<HTMLAnchorElement> | undefined;
}

/** A link to a page of the client. What opens a new tab or window elsewhere does so here. */
export function Link({ to, state, onClick, children, ...rest }: LinkProps) {
  const press = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    if (!event.defaultPrevented && event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)) {
      event.preventDefault();
      // A link to the current address adds no entry that Back would have to pass.
      navigate(to, { state, replace: new URL(to, window.location.href).href === window.location.href });
    }
  };
  return (
    <a {...rest} href={to} onClick={press}>
      {children}
    </a>
  );
}

/** A link that is marked as current on its page and the pages below it; the one to the first page only there. */
export function NavLink(props: LinkProps) {
  const { pathname } = useLocation();
  const { to } = props;
  const isCurrent = pathname === to || (to !== '/' && pathname.startsWith(`${to}/`));
  return <Link {...props} aria-current={isCurrent ? 'page' : undefined} />;
}
