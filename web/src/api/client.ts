import createClient, { type Client } from 'openapi-fetch';
import { createContext, useContext } from 'react';
import { Problem } from './problem';
import type { paths } from './schema';
import { noteServerTime } from './serverTime';
import type { Page } from './types';

/** The access tokens that authenticate calls. */
export interface Credentials {
  token(): Promise<string>;
  /** Gets a token in place of one that was refused; undefined if the member has to sign in again. */
  renew(refused: string): Promise<string | undefined>;
}

/** The calls of the API contract. Every error response is thrown as a `Problem`. */
export interface Api {
  readonly calls: Client<paths>;
  /** Reads the page that a `nextLink` leads to. */
  follow<T>(nextLink: string, signal?: AbortSignal): Promise<Page<T>>;
  /** A call whose response is used directly, such as a file download. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
}

const ApiContext = createContext<Api | undefined>(undefined);
export const ApiProvider = ApiContext.Provider;

export function useApi(): Api {
  const api = useContext(ApiContext);
  if (!api) {
    throw new Error('useApi is for components inside ApiProvider.');
  }

  return api;
}

/**
 * @param base the origin of the API; empty for the page's own origin.
 * @param onProblem hears of every error response, whoever made the call.
 */
export function createApi(base: string, credentials: Credentials, onProblem: (problem: Problem) => void = () => undefined): Api {
  const send = async (request: Request): Promise<Response> => {
    // A request body can be sent only once. The copy is for a second attempt with a new token.
    const retry = request.clone();
    const first = await credentials.token();
    let response = await attempt(request, first);
    if (response.status === 401) {
      const token = await credentials.renew(first);
      if (token !== undefined) {
        response = await attempt(retry, token);
      }
    }

    if (!response.ok && response.status !== 304) {
      const problem = await Problem.of(response);
      onProblem(problem);
      throw problem;
    }

    return response;
  };
  const url = (path: string) => new URL(path, new URL(base, window.location.origin));
  return {
    calls: createClient<paths>({
      baseUrl: base === '' ? window.location.origin : base,
      fetch: send,
      querySerializer: { array: { style: 'form', explode: true } },
    }),
    fetch: (path, init) => send(new Request(url(path), init)),
    follow: async <T>(nextLink: string, signal?: AbortSignal) => {
      // The link is absolute. Only its path and query are used, so that a token goes to the client's own API and nowhere else.
      const { pathname, search } = url(nextLink);
      const response = await send(new Request(url(pathname + search), signal ? { signal } : {}));
      return (await response.json()) as Page<T>;
    },
  };
}

async function attempt(request: Request, token: string): Promise<Response> {
  request.headers.set('Authorization', `Bearer ${token}`);
  try {
    const response = await fetch(request);
    noteServerTime(response);
    return response;
  } catch (error) {
    // The page itself aborted the call, so this is not a failure to report.
    if (error instanceof DOMException && error.name === 'AbortError') {
      throw error;
    }

    throw Problem.offline();
  }
}

/** The body of a response. Throws if it is missing. */
export function body<T>(answer: { data?: T }): T {
  if (answer.data === undefined) {
    throw Problem.from(undefined);
  }

  return answer.data;
}

/** The version of the document in a response, for a later `ifMatch`. */
export function etagOf({ response }: { readonly response: Response }): string | undefined {
  return response.headers.get('ETag') ?? undefined;
}

/**
 * For a write that is shown as done before it is answered: it is sent even if the page is closed at once. All such writes that are on their
 * way can have 64 KB together.
 */
export const outlivesPage = { keepalive: true };

/** Parameters of a write that fails with 412 if the document is no longer at this version. */
export function ifMatch(etag: string | undefined) {
  return etag === undefined ? {} : { header: { 'If-Match': etag } };
}
