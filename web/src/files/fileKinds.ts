/** The types of files that a message can carry. */
export type FileType = 'image/jpeg' | 'image/png' | 'image/webp' | 'image/gif' | 'application/pdf';

/** What the first bytes of a file say that it is. `heic` and `image` can be sent if this browser can convert them. */
export type FileKind = FileType | 'heic' | 'image' | undefined;

/** As many files as the service takes in one message. */
export const mostFiles = 4;

const megabyte = 1024 * 1024;

/** The most bytes of a file, as the service takes them. */
export function mostBytes(type: FileType): number {
  return (type === 'application/pdf' ? 20 : 10) * megabyte;
}

/** Whether a file is shown as a picture. */
export function isPicture(type: string): boolean {
  return type.startsWith('image/');
}

const extensions: Readonly<Record<FileType, readonly [string, ...string[]]>> = {
  'image/jpeg': ['jpg', 'jpeg'],
  'image/png': ['png'],
  'image/webp': ['webp'],
  'image/gif': ['gif'],
  'application/pdf': ['pdf'],
};

/** For a file dialog. Phones convert their own format of photos to one of these. */
export const acceptedTypes = Object.keys(extensions).join(',');

/** The pictures among them. */
export const acceptedPictures = Object.keys(extensions).filter(isPicture).join(',');

/** A file's name with the extension of its type. */
export function fittingName(name: string, type: FileType): string {
  const [fitting, ...others] = extensions[type];
  const [, stem = name, extension] = /^(.+)\.([^.]*)$/.exec(name) ?? [];
  return [fitting, ...others].includes(extension?.toLowerCase() ?? '') ? name : `${stem}.${fitting}`;
}

/** How many of the first bytes `kindOf` needs. */
export const headBytes = 32;

/** The kind of a file, by its first bytes: its name may be wrong. */
export function kindOf(head: Uint8Array, claimedType: string): FileKind {
  const ascii = (start: number, end: number) => String.fromCharCode(...head.subarray(start, end));
  if (head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff) {
    return 'image/jpeg';
  }

  if (head[0] === 0x89 && ascii(1, 4) === 'PNG') {
    return 'image/png';
  }

  if (/^GIF8[79]a/.test(ascii(0, 6))) {
    return 'image/gif';
  }

  if (ascii(0, 4) === 'RIFF' && ascii(8, 12) === 'WEBP') {
    return 'image/webp';
  }

  if (ascii(0, 5) === '%PDF-') {
    return 'application/pdf';
  }

  if (ascii(4, 8) === 'ftyp' && /^(hei[cmsx]|hev[cmsx]|mif1|msf1)/.test(ascii(8, 12))) {
    return 'heic';
  }

  // Scripts run in an SVG.
  return claimedType.startsWith('image/') && claimedType !== 'image/svg+xml' ? 'image' : undefined;
}
