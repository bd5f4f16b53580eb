import { Problem } from '@/api/problem';

const forbidden = 403;
// How the store says that a file is there already: an earlier try arrived, and its answer was lost.
const arrived = 'UnauthorizedBlobOverwrite';

// A connection that carries nothing for so long is given up.
const patience = 30_000;

/** Where the service says that a file is to be uploaded. */
interface UploadAddress {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Uploads a file, once: it can be repeated. `fetch` would not tell the progress. Throws a `Problem`, or what the signal aborts with. */
export async function putFile(
  { url, headers }: UploadAddress,
  content: Blob,
  onProgress: (bytes: number) => void,
  signal: AbortSignal,
): Promise<void> {
  signal.throwIfAborted();
  const request = new XMLHttpRequest();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const abort = () => request.abort();
  const waitOn = () => {
    clearTimeout(timer);
    timer = setTimeout(abort, patience);
  };
  try {
    await new Promise<void>((resolve) => {
      request.open('PUT', url);
      Object.entries(headers).forEach(([name, value]) => request.setRequestHeader(name, value));
      request.upload.onprogress = ({ loaded }) => {
        waitOn();
        onProgress(loaded);
      };
      request.onloadend = () => resolve();
      signal.addEventListener('abort', abort);
      waitOn();
      request.send(content);
    });
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
  }

  signal.throwIfAborted();
  if (request.status === 0) {
    throw Problem.offline();
  }

  if (request.status === forbidden && request.getResponseHeader('x-ms-error-code') === arrived) {
    return;
  }

  if (request.status >= 300) {
    throw await Problem.of(new Response(null, { status: request.status }));
  }
}
