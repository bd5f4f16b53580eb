import { cleanGif } from './cleanGif';
import { cleanJpeg } from './cleanJpeg';
import { cleanPng } from './cleanPng';
import { cleanWebp } from './cleanWebp';
import type { CleanPicture } from './bytes';
import { type FileKind, type FileType, fittingName, headBytes, isPicture, kindOf, mostBytes } from './fileKinds';

/** Why a file cannot be sent. */
export type Unfit = 'type' | 'heic' | 'unread' | 'empty' | 'damaged' | 'large-picture' | 'large-pdf';

/** A file that is never uploaded, because the service would refuse it. */
export class UnfitFile extends Error {
  override readonly name = 'UnfitFile';

  constructor(readonly reason: Unfit) {
    super(reason);
  }
}

/** A file as it is uploaded: a picture of a fair size and without metadata. */
export interface PreparedFile {
  readonly content: Blob;
  readonly name: string;
  readonly type: FileType;
  /** The size of a picture in pixels. */
  readonly width?: number;
  readonly height?: number;
}

// As large as the pictures that phones and laptops show in full.
const longestSide = 2048;
const shortestSide = 256;
// A photo looks the same with less, and a screen full of text does not.
const quality = 0.86;
// More than any phone's camera has. A small file can unpack to far more.
const mostPixels = 220_000_000;
// Of a picture that is uploaded as it is, as the service takes it.
const mostPixelsAsItIs = 50_000_000;
// Up to this, a PNG is uploaded as it is: a screenshot is sharper and smaller than any copy of it.
const smallPng = 2 * 1024 * 1024;

/**
 * Makes a picked file ready to be uploaded. A photo is drawn again, upright and smaller, so that nothing of its metadata is left: neither
 * where it was taken, nor by what. A film stays one. Throws `UnfitFile`.
 */
export async function prepareFile(file: File): Promise<PreparedFile> {
  const head = await file
    .slice(0, headBytes)
    .arrayBuffer()
    .catch(() => {
      // A folder, or a file that has been moved or changed since.
      throw new UnfitFile('unread');
    });
  if (file.size === 0) {
    throw new UnfitFile('empty');
  }

  const kind = kindOf(new Uint8Array(head), file.type);
  if (kind === undefined) {
    throw new UnfitFile('type');
  }

  if (kind === 'application/pdf') {
    // A copy, because the file on the disk may change before it is sent.
    return checked(new Blob([await file.arrayBuffer()], { type: kind }), file.name, kind);
  }

  const clean = await cleanAsItIs(file, kind);
  return clean ?? (await redrawn(file, kind));
}

/** Opens a picture, upright. Throws `UnfitFile`. */
export async function openPicture(file: File): Promise<ImageBitmap> {
  return await decoded(file, 'type');
}

// Twice as large as it is shown anywhere.
const squareSide = 512;

/** Cuts a square out of a picture, as a JPEG without metadata. Throws `UnfitFile`. */
export async function encodeSquare(
  picture: ImageBitmap,
  { left, top, side }: { readonly left: number; readonly top: number; readonly side: number },
): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = squareSide;
  const context = canvas.getContext('2d');
  if (context) {
    context.imageSmoothingQuality = 'high';
    // Behind a picture that one can see through.
    context.fillStyle = 'white';
    context.fillRect(0, 0, squareSide, squareSide);
    context.drawImage(picture, left, top, side, side, 0, 0, squareSide, squareSide);
  }

  const content = await encoded(canvas, 'image/jpeg');
  if (!content) {
    throw new UnfitFile('damaged');
  }

  return content;
}

/** A picture that is not drawn again: one that moves, or a small PNG. */
async function cleanAsItIs(file: File, kind: FileKind): Promise<PreparedFile | undefined> {
  const cleans = { 'image/gif': cleanGif, 'image/png': cleanPng, 'image/webp': cleanWebp };
  if (kind !== 'image/gif' && kind !== 'image/png' && kind !== 'image/webp') {
    return undefined;
  }

  const picture: CleanPicture | undefined = cleans[kind](new Uint8Array(await file.arrayBuffer()));
  if (!picture) {
    throw new UnfitFile('damaged');
  }

  const { bytes, width, height, moves } = picture;
  const isSmall = kind === 'image/png' && bytes.length <= smallPng && Math.max(width, height) <= longestSide;
  if (!moves && !isSmall && kind !== 'image/gif') {
    return undefined;
  }

  if (width * height > mostPixelsAsItIs) {
    throw new UnfitFile('large-picture');
  }

  const content = new Blob([bytes], { type: kind });
  // Whether it can be shown at all.
  (await decoded(content, 'damaged')).close();
  return checked(content, file.name, kind, { width, height });
}

async function redrawn(file: File, kind: FileKind): Promise<PreparedFile> {
  const bitmap = await decoded(file, kind === 'heic' ? 'heic' : kind === 'image' ? 'type' : 'damaged');
  try {
    const canBeClear = kind !== 'image/jpeg' && kind !== 'heic';
    for (let side = longestSide; side >= shortestSide; side /= 2) {
      const canvas = drawn(bitmap, side);
      for (const type of canBeClear && isClear(canvas) ? (['image/png', 'image/webp'] as const) : (['image/jpeg'] as const)) {
        const content = await encoded(canvas, type);
        if (content && content.size <= mostBytes(type)) {
          return checked(content, file.name, type, { width: canvas.width, height: canvas.height });
        }
      }
    }

    throw new UnfitFile('damaged');
  } finally {
    bitmap.close();
  }
}

async function decoded(content: Blob, otherwise: Unfit): Promise<ImageBitmap> {
  // Upright, as the metadata says that it is to be shown.
  const bitmap = await createImageBitmap(content, { imageOrientation: 'from-image' }).catch(() => {
    throw new UnfitFile(otherwise);
  });
  if (bitmap.width * bitmap.height > mostPixels) {
    bitmap.close();
    throw new UnfitFile('large-picture');
  }

  return bitmap;
}

function drawn(bitmap: ImageBitmap, side: number): HTMLCanvasElement {
  const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const context = canvas.getContext('2d');
  if (!context) {
    throw new UnfitFile('damaged');
  }

  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas;
}

/** Whether something shines through. */
function isClear(canvas: HTMLCanvasElement): boolean {
  const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
  for (let i = 3; i < pixels.length; i += 4) {
    if (pixels[i] !== 255) {
      return true;
    }
  }

  return false;
}

/** The picture as a file; undefined if this browser does not write the type. Some browsers add metadata of their own. */
async function encoded(canvas: HTMLCanvasElement, type: 'image/jpeg' | 'image/png' | 'image/webp'): Promise<Blob | undefined> {
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type, quality));
  if (blob?.type !== type) {
    return undefined;
  }

  const bytes = new Uint8Array(await blob.arrayBuffer());
  // A simple WebP has no room for metadata.
  const clean = type === 'image/jpeg' ? cleanJpeg(bytes) : type === 'image/png' ? cleanPng(bytes)?.bytes : cleanWebp(bytes)?.bytes;
  return clean && new Blob([clean], { type });
}

function checked(content: Blob, name: string, type: FileType, size?: { readonly width: number; readonly height: number }): PreparedFile {
  if (content.size > mostBytes(type)) {
    throw new UnfitFile(isPicture(type) ? 'large-picture' : 'large-pdf');
  }

  return { content, name: fittingName(name, type), type, ...size };
}
