import { describe, expect, it } from 'vitest';
import { fittingName, kindOf } from '@/files/fileKinds';
import { filesInWords, lastMessageInWords, messageInWords } from './fileWords';

const head = (text: string) => Uint8Array.from(Array.from(text, (letter) => letter.charCodeAt(0)));

describe('the kind of a file', () => {
  it.each([
    ['\xff\xd8\xff\xe0', 'image/jpeg'],
    ['\x89PNG\r\n\x1a\n', 'image/png'],
    ['GIF89a', 'image/gif'],
    ['RIFF\0\0\0\0WEBPVP8 ', 'image/webp'],
    ['%PDF-1.7', 'application/pdf'],
    ['\0\0\0\x18ftypheic', 'heic'],
  ])('is what its bytes say', (bytes, kind) => expect(kindOf(head(bytes), 'text/plain')).toBe(kind));

  it('is left to the browser for other pictures, except those with scripts', () => {
    expect(kindOf(head('BM'), 'image/bmp')).toBe('image');
    expect(kindOf(head('<svg'), 'image/svg+xml')).toBeUndefined();
    expect(kindOf(head('MZ'), 'application/pdf')).toBeUndefined();
  });
});

it('a name gets the extension of the type', () => {
  expect(fittingName('beach.HEIC', 'image/jpeg')).toBe('beach.jpg');
  expect(fittingName('beach.JPEG', 'image/jpeg')).toBe('beach.JPEG');
  expect(fittingName('image', 'image/png')).toBe('image.png');
  expect(fittingName('.heic', 'image/jpeg')).toBe('.heic.jpg');
});

describe('files in words', () => {
  const picture = { name: 'beach.jpg', type: 'image/jpeg' };
  const brief = { name: 'brief.pdf', type: 'application/pdf' };

  it('are few', () => {
    expect(filesInWords([])).toBe('');
    expect(filesInWords([picture])).toBe('Picture');
    expect(filesInWords([{ ...picture, alt: 'A beach' }])).toBe('Picture: A beach');
    expect(filesInWords([picture, picture, picture])).toBe('3 pictures');
    expect(filesInWords([brief])).toBe('File: brief.pdf');
    expect(filesInWords([brief, picture])).toBe('2 files');
  });

  it('come before the text', () => {
    expect(messageInWords({ text: 'Here!', files: [picture] })).toBe('Picture. Here!');
    expect(messageInWords({ text: 'Here!' })).toBe('Here!');
    expect(messageInWords({ text: '', files: [brief] })).toBe('File: brief.pdf');
    expect(lastMessageInWords({ text: '', files: { count: 1, kind: 'file', name: 'brief.pdf' } })).toBe('File: brief.pdf');
    expect(lastMessageInWords({ text: '', files: { count: 1, kind: 'picture', name: 'IMG_1.jpg' } })).toBe('Picture');
  });
});
