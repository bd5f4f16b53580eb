import { type CleanPicture, joined, letters, viewOf } from './bytes';

const header = 12;
const ofPicture = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF', 'ICCP']);
// The flags of the header for what it is without afterwards.
const hasExif = 0x08;
const hasXmp = 0x04;
const isAnimated = 0x02;

/**
 * A WebP of the extended format with only the chunks that make the picture: no Exif and XMP, and nothing after its end.
 *
 * @returns undefined for one that is damaged.
 */
export function cleanWebp(bytes: Uint8Array): CleanPicture | undefined {
  const view = viewOf(bytes);
  const stop = Math.min(bytes.length, 8 + (bytes.length >= header ? view.getUint32(4, true) : 0));
  const kept: Uint8Array[] = [];
  let size: Omit<CleanPicture, 'bytes'> | undefined;
  for (let at = header; at < stop;) {
    const end = at + 8 <= stop ? at + 8 + view.getUint32(at + 4, true) : Infinity;
    if (end > bytes.length) {
      return undefined;
    }

    const name = letters(bytes, at, 4);
    // Chunks are filled up to an even length.
    const chunk = bytes.slice(at, Math.min(end + (end % 2), bytes.length));
    at += chunk.length;
    size ??= sizeOf(name, chunk);
    if (name === 'VP8X') {
      chunk[8] = (chunk[8] ?? 0) & ~(hasExif | hasXmp);
    }

    if (ofPicture.has(name)) {
      kept.push(chunk);
    }
  }

  if (!size) {
    return undefined;
  }

  const whole = joined([bytes.subarray(0, header), ...kept]);
  viewOf(whole).setUint32(4, whole.length - 8, true);
  return { ...size, bytes: whole };
}

/** The size and whether it moves, from the chunk that says so. */
function sizeOf(name: string, chunk: Uint8Array): Omit<CleanPicture, 'bytes'> | undefined {
  const view = viewOf(chunk);
  if (name === 'VP8X' && chunk.length >= 18) {
    const side = (at: number) => 1 + (view.getUint32(at, true) & 0xffffff);
    return {
      width: side(12),
      height: 1 + (view.getUint16(15, true) | ((chunk[17] ?? 0) << 16)),
      moves: ((chunk[8] ?? 0) & isAnimated) !== 0,
    };
  }

  if (name === 'VP8 ' && chunk.length >= 18) {
    return { width: view.getUint16(14, true) & 0x3fff, height: view.getUint16(16, true) & 0x3fff, moves: false };
  }

  if (name === 'VP8L' && chunk.length >= 13) {
    const bits = view.getUint32(9, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1, moves: false };
  }

  return undefined;
}
