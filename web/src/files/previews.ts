// A picture that was just sent shows from this tab's memory while the service checks it.
const most = 40;
const urls = new Map<string, string>();

/** Remembers the content of a file that was uploaded, until the page is left. */
export function rememberPreview(id: string, content: Blob): void {
  urls.set(id, URL.createObjectURL(content));
  const [oldest] = urls;
  if (oldest && urls.size > most) {
    URL.revokeObjectURL(oldest[1]);
    urls.delete(oldest[0]);
  }
}

/** The address of a picture that this tab uploaded; undefined for others. */
export function previewOf(id: string): string | undefined {
  return urls.get(id);
}
