import createClient, { type Client } from 'openapi-fetch';
import { createContext, useContext } from 'react';
import { Problem } from './problem';
import type { paths } from './schema';
import type { Page } from './types';

/** How a call proves who makes it. */
export interface Credentials {
  token(): Promise<string>;
  /** After a token was refused: a newer one, or undefined when the person has to sign in again. */
  renew(): Promise<string | undefined>;
}

/** The calls of the contract. Every refusal is thrown as a `Problem`. */
export interface Api {
  readonly calls: Client<paths>;
  /** The page that a `nextLink` leads to. */
  follow<T>(nextLink: string, signal?: AbortSignal): Promise<Page<T>>;
  /** An answer as it is, for files. */
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

/** @param base where the API is; empty for the page's own host. */
export function createApi(base: string, credentials: Credentials): Api {
  const send = async (request: Request): Promise<Response> => {
    // A body can be sent once: the copy is for after a refused token.
    const again = request.clone();
    let response = await attempt(request, await credentials.token());
    if (response.status === 401) {
      const token = await credentials.renew();
      if (token !== undefined) {
        response = await attempt(again, token);
      }
    }

    if (!response.ok && response.status !== 304) {
      throw await Problem.of(response);
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
      const response = await send(new Request(url(nextLink), signal ? { signal } : {}));
      return (await response.json()) as Page<T>;
    },
  };
}

async function attempt(request: Request, token: string): Promise<Response> {
  request.headers.set('Authorization', `Bearer ${token}`);
  try {
    return await fetch(request);
  } catch (error) {
    // A call that the page itself gave up is no failure to tell anybody.
    if (error instanceof DOMException && error.name === 'AbortError') {
      throw error;
    }

    throw Problem.offline();
  }
}

/** The body of an answer that has one. */
export function body<T>(answer: { data?: T }): T {
  if (answer.data === undefined) {
    throw Problem.from(undefined);
  }

  return answer.data;
}
