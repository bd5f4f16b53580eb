import { Problem } from '@/api/problem';

/** A file that was read to its end. */
export interface ExportFile {
  readonly name: string;
  readonly content: Blob;
}

/**
 * Reads an export as it comes, telling how many bytes are here. Throws when it broke off: half of it must not be taken for all.
 */
export async function readExport(response: Response, onProgress: (bytes: number) => void): Promise<ExportFile> {
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
    // Not every proxy tells that an answer broke off; what is no whole document does.
    JSON.parse(await content.text());
  } catch {
    throw brokenOff();
  }

  return { name: fileName(response.headers.get('Content-Disposition')), content };
}

/** Hands a file to the browser, which keeps it where downloads go. */
export function saveFile({ name, content }: ExportFile): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser reads it a moment later.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

function brokenOff(): Problem {
  return Problem.because(
    'broken-off',
    'The download broke off',
    'Nothing was saved, so that you do not keep a part for the whole. Check your network and try again.',
  );
}

function fileName(disposition: string | null): string {
  return /filename="?([\w.-]+)"?/.exec(disposition ?? '')?.[1] ?? 'connections.json';
}
