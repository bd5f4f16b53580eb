import { Problem } from '@/api/problem';
import { texts } from '@/texts/texts';
import type { DownloadedFile } from '@/ui/saveFile';

/**
 * Reads an export as a stream. Throws if it breaks off, so that nobody keeps an incomplete file.
 *
 * @param onProgress called with the number of bytes so far.
 */
export async function readExport(response: Response, onProgress: (bytes: number) => void): Promise<DownloadedFile> {
  const parts: BlobPart[] = [];
  let bytes = 0;
  const reader = response.body?.getReader();
  if (!reader) {
    throw brokenOff();
  }

  for (;;) {
    const { done, value } = await reader.read().catch((error: unknown) => {
      throw error instanceof DOMException && error.name === 'AbortError' ? error : brokenOff();
    });
    if (done) {
      break;
    }

    parts.push(value);
    bytes += value.length;
    onProgress(bytes);
  }

  const content = new Blob(parts, { type: 'application/json' });
  try {
    // Some proxies hide that a response broke off. An incomplete document does not parse.
    JSON.parse(await content.text());
  } catch {
    throw brokenOff();
  }

  return { name: fileName(response.headers.get('Content-Disposition')), content };
}

function brokenOff(): Problem {
  return Problem.because('broken-off', texts.problems.download, texts.problems.downloadDetail);
}

function fileName(disposition: string | null): string {
  return /filename="?([\w.-]+)"?/.exec(disposition ?? '')?.[1] ?? 'connections.json';
}
