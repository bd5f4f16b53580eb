import { type CleanPicture, joined, letters, viewOf } from './bytes';

const signature = 8;
// The length and the name before a chunk's content, and the checksum after it.
const around = 12;
const ofPicture = /^(IHDR|PLTE|IDAT|IEND|tRNS|gAMA|cHRM|sRGB|iCCP|cICP|sBIT|bKGD|hIST|pHYs|mDCV|cLLI|acTL|fcTL|fdAT)$/;

/**
 * A PNG with only the chunks that make the picture: no texts, times or Exif, and nothing after its end.
 *
 * @returns undefined for one that is damaged.
 */
export function cleanPng(bytes: Uint8Array): CleanPicture | undefined {
  const view = viewOf(bytes);
  const kept = [bytes.subarray(0, signature)];
  let moves = false;
  for (let at = signature; at + around <= bytes.length;) {
    const end = at + around + view.getUint32(at);
    const name = letters(bytes, at + 4, 4);
    if (end > bytes.length || (at === signature && (name !== 'IHDR' || end < at + around + 13))) {
      return undefined;
    }

    moves ||= name === 'acTL';
    if (ofPicture.test(name)) {
      kept.push(bytes.subarray(at, end));
    }

    if (name === 'IEND') {
      return { bytes: joined(kept), width: view.getUint32(16), height: view.getUint32(20), moves };
    }

    at = end;
  }

  return undefined;
}
