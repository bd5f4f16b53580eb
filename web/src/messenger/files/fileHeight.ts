import { isPicture } from '@/files/fileKinds';

interface SizedFile {
  readonly type: string;
  readonly width?: number;
  readonly height?: number;
  readonly state?: string;
}

const rem = 16;
const gap = 2;
const rowHeight = 44;
const noteHeight = 27;

/**
 * How high the files of a message are in the log, in pixels, as MessageFiles.module.css has it.
 *
 * @param logWidth of the log, in pixels.
 */
export function filesHeight(files: readonly SizedFile[], logWidth: number): number {
  const pictures = files.filter(({ type }) => isPicture(type));
  const notes = files.some(({ state }) => state === 'checking' || state === 'refused') ? noteHeight : 0;
  return picturesHeight(pictures, logWidth) + (files.length - pictures.length) * rowHeight + notes;
}

function picturesHeight(pictures: readonly SizedFile[], logWidth: number): number {
  const [only] = pictures;
  if (!only) {
    return 0;
  }

  if (pictures.length === 1) {
    const { width = 1, height = 1 } = only;
    const ratio = width / height;
    return Math.min(22 * rem, Math.max(6 * rem, Math.min(width, 20 * rem, logWidth * 0.6, 22 * rem * ratio)) / ratio);
  }

  const side = Math.min(10 * rem, logWidth * 0.3);
  return pictures.length === 3 ? side + gap / 2 + gap + side : Math.ceil(pictures.length / 2) * (side + gap) - gap;
}
