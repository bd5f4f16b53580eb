import { describe, expect, it } from 'vitest';
import { moved, squareOf, wholeCrop, within } from './cropping';

describe('a crop', () => {
  const wide = { width: 400, height: 200 };

  it('begins with the largest square in the middle', () => expect(squareOf(wholeCrop, wide)).toEqual({ left: 100, top: 0, side: 200 }));

  it('zooms into its middle', () => expect(squareOf({ ...wholeCrop, zoom: 2 }, wide)).toEqual({ left: 150, top: 50, side: 100 }));

  it('stays inside the picture', () => {
    expect(squareOf(moved(wholeCrop, 5, 5, wide), wide)).toEqual({ left: 200, top: 0, side: 200 });
    expect(squareOf(moved(wholeCrop, -0.25, 0, wide), wide)).toEqual({ left: 50, top: 0, side: 200 });
    const corner = moved({ ...wholeCrop, zoom: 2 }, -9, -9, wide);
    expect(squareOf(corner, wide)).toEqual({ left: 0, top: 0, side: 100 });
    expect(squareOf(within({ ...corner, zoom: 1 }, wide), wide)).toEqual({ left: 0, top: 0, side: 200 });
    expect(within({ ...wholeCrop, zoom: 99 }, wide).zoom).toBe(4);
  });
});
