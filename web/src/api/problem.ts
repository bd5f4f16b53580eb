import type { ConnectionState, ProblemDocument } from './types';

/** Why a call was refused or never got an answer, in words for the person who made it. */
export class Problem extends Error {
  override readonly name = 'Problem';

  private constructor(
    /** Stable, such as `invite-limit-day`; `offline` when there was no answer at all. Decide by this. */
    readonly code: string,
    readonly title: string,
    /** What happened and what to do about it. */
    readonly detail: string,
    /** The HTTP status; 0 when there was no answer. */
    readonly status: number,
    /** What is wrong with each field, by its name. */
    readonly errors: Readonly<Record<string, readonly string[]>>,
    /** When the same call can succeed. */
    readonly until: string | undefined,
    /** With a conflict, the state that won. */
    readonly state: ConnectionState | undefined,
    /** Seconds to wait, where the server said so. */
    readonly retryAfter: number | undefined,
    readonly traceId: string | undefined,
  ) {
    super(`${title}: ${detail}`);
  }

  /** Whether sending the very same call again is likely to help. */
  get isPassing(): boolean {
    return this.status === 0 || this.status >= 500;
  }

  /** The problem in a refused answer, also one that is no problem document (a proxy's page, say). */
  static async of(response: Response): Promise<Problem> {
    const document = await read(response);
    return new Problem(
      document.type?.replace(/^\/problems\//, '') ?? `http-${response.status}`,
      document.title ?? 'Something went wrong',
      document.detail ?? 'The service gave an answer that cannot be read. Try again in a moment.',
      response.status,
      document.errors ?? {},
      document.until,
      document.state,
      seconds(response.headers.get('Retry-After')),
      document.traceId,
    );
  }

  /** No answer came: the network is gone, or the service is. */
  static offline(): Problem {
    return Problem.because('offline', 'No connection', 'Connections cannot be reached. Check your network and try again.');
  }

  /** What the page itself found wrong. */
  static because(code: string, title: string, detail: string): Problem {
    return new Problem(code, title, detail, 0, {}, undefined, undefined, undefined, undefined);
  }

  /** Any failure as a problem, so that a page has words for it. */
  static from(error: unknown): Problem {
    if (error instanceof Problem) {
      return error;
    }

    return Problem.because('unexpected', 'Something went wrong', 'Load the page again. If it happens again, tell us what you did.');
  }
}

async function read(response: Response): Promise<Partial<ProblemDocument>> {
  try {
    const document: unknown = await response.json();
    return typeof document === 'object' && document !== null ? document : {};
  } catch {
    return {};
  }
}

function seconds(header: string | null): number | undefined {
  const value = Number(header);
  return header !== null && Number.isFinite(value) ? value : undefined;
}
