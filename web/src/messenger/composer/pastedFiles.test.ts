import { expect, it } from 'vitest';
import { pastedFiles } from './pastedFiles';

const picture = new File(['…'], 'image.png', { type: 'image/png' });
const [brief, rates] = [new File(['…'], 'Brief.pdf'), new File(['…'], 'Rates.pdf')];
const pasted = (files: readonly File[], text: string) =>
  pastedFiles({ files: files as unknown as FileList, getData: (type: string) => (type === 'text/plain' ? text : '') });

it('takes a picture, and not that of a text', () => {
  expect(pasted([picture], '')).toEqual([picture]);
  expect(pasted([picture], 'Reels\t400')).toEqual([]);
});

it('takes files that come with their names', () => {
  expect(pasted([brief], 'Brief.pdf')).toEqual([brief]);
  expect(pasted([brief, rates], 'Brief.pdf\nRates.pdf')).toEqual([brief, rates]);
});
