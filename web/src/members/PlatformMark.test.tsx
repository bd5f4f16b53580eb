import { render } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { platformNames } from './names';
import { PlatformMark } from './PlatformMark';
import drawings from './platforms.svg?raw';

describe('a platform’s mark', () => {
  it('exists for every platform, and for others', () => {
    const drawn = Array.from(drawings.matchAll(/<symbol id="(\w+)"/g), ([, id]) => id);

    expect(drawn.toSorted()).toEqual([...platformNames, 'other'].toSorted());
  });

  it.each([
    ['tiktok', 'tiktok'],
    ['newer-than-this-page', 'other'],
  ])('of %s is the drawing %s', (platform, drawing) => {
    const { container } = render(<PlatformMark platform={platform} />);

    expect(container.querySelector('use')?.getAttribute('href')).toMatch(new RegExp(`platforms\\.svg#${drawing}$`));
  });
});
