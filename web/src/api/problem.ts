import { texts } from '@/texts/texts';
import type { ProblemDocument } from './types';

/** Why a call failed, in words for the member. */
export class Problem extends Error {
  override readonly name = 'Problem';

  private constructor(
    /** A stable code such as `invite-limit-day`, or `offline` if no response came. Base decisions on this. */
    readonly code: string,
    readonly title: string,
    /** What happened, and what to do about it. */
    readonly detail: string,
    /** The HTTP status; 0 if no response came. */
    readonly status: number,
    /** The errors of each field, by the field's name. */
    readonly errors: Readonly<Record<string, readonly string[]>>,
    /** When the same call can succeed again. */
    readonly until: string | undefined,
    /** For a conflict, the current state of the connection. */
    readonly state: ProblemDocument['state'],
    /** How far a file has come that cannot be used, and why it was refused if it was. */
    readonly file: ProblemDocument['file'],
    /** Seconds to wait, if the server sent `Retry-After`. */
    readonly retryAfter: number | undefined,
    readonly traceId: string | undefined,
  ) {
    super(`${title}: ${detail}`);
  }

  /** Whether a retry of the same call is likely to succeed. */
  get isTransient(): boolean {
    return this.status === 0 || this.status >= 500;
  }

  /** The problem in an error response, even if its body is not a problem document (a proxy's error page, say). */
  static async of(response: Response): Promise<Problem> {
    return Problem.in(await read(response), response.status, response);
  }

  /** The problem of one part of a call, such as a message of several. */
  static ofPart(document: ProblemDocument, response: Response): Problem {
    return Problem.in(document, document.status, response);
  }

  private static in(document: Partial<ProblemDocument>, status: number, response: Response): Problem {
    return new Problem(
      document.type?.replace(/^\/problems\//, '') ?? `http-${status}`,
      document.title ?? texts.problems.unexpected,
      document.detail ?? texts.problems.unreadable,
      status,
      document.errors ?? {},
      document.until,
      document.state,
      document.file,
      seconds(response.headers.get('Retry-After')),
      document.traceId,
    );
  }

  /** No response came: the network or the service is unreachable. */
  static offline(): Problem {
    return Problem.because('offline', texts.problems.connection, texts.problems.connectionDetail);
  }

  /** A problem that the page itself found. */
  static because(code: string, title: string, detail: string): Problem {
    return new Problem(code, title, detail, 0, {}, undefined, undefined, undefined, undefined, undefined);
  }

  /** Any error as a problem, so that a page has words for it. */
  static from(error: unknown): Problem {
    if (error instanceof Problem) {
      return error;
    }

    return Problem.because('unexpected', texts.problems.unexpected, texts.problems.unexpectedDetail);
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
