/** The square of a picture that is cut out. */
export interface Crop {
  /** From 1, for as much of the picture as fits into a square. */
  readonly zoom: number;
  /** The middle, as parts of the picture's width and height. */
  readonly x: number;
  readonly y: number;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

export const wholeCrop: Crop = { zoom: 1, x: 0.5, y: 0.5 };
export const largestZoom = 4;

/** The square in pixels of the picture. */
export function squareOf(
  { zoom, x, y }: Crop,
  { width, height }: Size,
): { readonly left: number; readonly top: number; readonly side: number } {
  const side = Math.min(width, height) / zoom;
  return { left: x * width - side / 2, top: y * height - side / 2, side };
}

/** A crop that is inside the picture. */
export function within(crop: Crop, { width, height }: Size): Crop {
  const zoom = Math.max(1, Math.min(largestZoom, crop.zoom));
  const side = Math.min(width, height) / zoom;
  const inside = (middle: number, length: number) => Math.max(side / 2 / length, Math.min(1 - side / 2 / length, middle));
  return { zoom, x: inside(crop.x, width), y: inside(crop.y, height) };
}

/**
 * A crop after its square was moved.
 *
 * @param right in sides of the square.
 * @param down in sides of the square.
 */
export function moved(crop: Crop, right: number, down: number, size: Size): Crop {
  const { side } = squareOf(crop, size);
  return within({ ...crop, x: crop.x + (right * side) / size.width, y: crop.y + (down * side) / size.height }, size);
}
