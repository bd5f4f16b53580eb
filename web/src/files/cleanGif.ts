import { type CleanPicture, joined, letters, viewOf } from './bytes';

const header = 13;
const image = 0x2c;
const extension = 0x21;
const trailer = 0x3b;
const graphicControl = 0xf9;
const application = 0xff;
// How often a film repeats, and its colours.
const known = new Set(['NETSCAPE2.0', 'ANIMEXTS1.0', 'ICCRGBG1012']);

/**
 * A GIF, moving as it was, without its comments and what applications have put into it (XMP), and with nothing after its end.
 *
 * @returns undefined for one that is damaged.
 */
export function cleanGif(bytes: Uint8Array): CleanPicture | undefined {
  if (bytes.length < header) {
    return undefined;
  }

  let at = header + colours(bytes[10]);
  const kept = [bytes.subarray(0, at)];
  let images = 0;
  // Some lack the trailer, and show all the same.
  while (at < bytes.length && bytes[at] !== trailer) {
    const start = at;
    const label = bytes[at + 1] ?? 0;
    if (bytes[at] === image) {
      images += 1;
      at += 11 + colours(bytes[at + 9]);
    } else if (bytes[at] === extension) {
      at += 2;
    } else {
      return undefined;
    }

    const end = afterBlocks(bytes, at);
    if (end === undefined) {
      return undefined;
    }

    at = end;
    const isKept =
      bytes[start] === image || label === graphicControl || (label === application && known.has(letters(bytes, start + 3, 11)));
    if (isKept) {
      kept.push(bytes.subarray(start, at));
    }
  }

  const view = viewOf(bytes);
  return images === 0
    ? undefined
    : {
        bytes: joined([...kept, Uint8Array.of(trailer)]),
        width: view.getUint16(6, true),
        height: view.getUint16(8, true),
        moves: images > 1,
      };
}

/** The length of the table of colours that a header announces. */
function colours(flags = 0): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1);
}

/** Where a series of data blocks ends; undefined if the file ends before. */
function afterBlocks(bytes: Uint8Array, start: number): number | undefined {
  let at = start;
  for (let length = bytes[at]; length !== undefined; length = bytes[at]) {
    at += 1 + length;
    if (length === 0) {
      return at;
    }
  }

  return undefined;
}
