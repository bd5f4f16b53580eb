/** A file that was downloaded in full. */
export interface DownloadedFile {
  readonly name: string;
  readonly content: Blob;
}

/** Saves a file where the browser keeps downloads. */
export function saveFile({ name, content }: DownloadedFile): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser reads the URL asynchronously.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
