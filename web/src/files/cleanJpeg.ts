import { joined, letters, viewOf } from './bytes';

const startOfScan = 0xda;
const endOfImage = 0xd9;
const comment = 0xfe;

/**
 * A JPEG without everything that does not make the picture: Exif and XMP (place, device), Photoshop's notes, comments, thumbnails, and what
 * follows its end, such as the film of a moving photo. The orientation goes with it, so the pixels must be upright already.
 *
 * @returns undefined for one that is damaged.
 */
export function cleanJpeg(bytes: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) {
    return undefined;
  }

  const view = viewOf(bytes);
  const kept = [bytes.subarray(0, 2)];
  let at = 2;
  while (at + 1 < bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      // A fill byte.
      at += 1;
      continue;
    }

    if (marker === endOfImage) {
      kept.push(bytes.subarray(at, at + 2));
      return joined(kept);
    }

    if (at + 4 > bytes.length) {
      return undefined;
    }

    const length = view.getUint16(at + 2);
    const end = marker === startOfScan ? endOfScan(bytes, at + 2 + length) : at + 2 + length;
    if (length < 2 || end > bytes.length) {
      return undefined;
    }

    if (isOfPicture(marker, bytes.subarray(at + 4, at + 2 + length))) {
      kept.push(bytes.subarray(at, end));
    }

    at = end;
  }

  return undefined;
}

/** Whether a segment makes the picture. Of those of applications, a decoder needs these for the colours. */
function isOfPicture(marker: number, content: Uint8Array): boolean {
  const begins = (name: string) => letters(content, 0, name.length) === name;
  switch (marker) {
    case 0xe0:
      // Without a thumbnail, whose size the last two bytes are. It can show what was cut away.
      return content.length === 14 && begins('JFIF\0') && content[12] === 0 && content[13] === 0;
    case 0xe2:
      return begins('ICC_PROFILE\0');
    case 0xee:
      return content.length === 12 && begins('Adobe');
    case comment:
      return false;
    default:
      return marker < 0xe0 || marker > 0xef;
  }
}

/** Where the data of a scan ends: at the next marker that is not one of its own. */
function endOfScan(bytes: Uint8Array, start: number): number {
  let at = bytes.indexOf(0xff, start);
  while (at >= 0) {
    const next = bytes[at + 1] ?? 0;
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) {
      return at;
    }

    at = bytes.indexOf(0xff, at + 1);
  }

  return Infinity;
}
