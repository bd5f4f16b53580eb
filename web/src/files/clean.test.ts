import { describe, expect, it } from 'vitest';
import { cleanGif } from './cleanGif';
import { cleanJpeg } from './cleanJpeg';
import { cleanPng } from './cleanPng';
import { cleanWebp } from './cleanWebp';

const ascii = (text: string) => Array.from(text, (letter) => letter.charCodeAt(0));
const bytes = (...parts: readonly (number | string | readonly number[])[]) =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? ascii(part) : part)));
const big32 = (value: number) => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
const little32 = (value: number) => big32(value).reverse();
/** No prefix of a file makes a walk throw or loop. */
const survivesCuts = (file: Uint8Array, clean: (file: Uint8Array) => unknown) => {
  for (let length = 0; length < file.length; length++) {
    clean(file.slice(0, length));
  }
};

describe('a JPEG', () => {
  const segment = (marker: number, content: readonly number[]) => [
    0xff,
    marker,
    (content.length + 2) >> 8,
    (content.length + 2) & 255,
    ...content,
  ];
  const jfif = segment(0xe0, [...ascii('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 0, 0]);
  const profile = segment(0xe2, ascii('ICC_PROFILE\0 colours'));
  const table = segment(
    0xdb,
    Array.from({ length: 65 }, () => 1),
  );
  const frame = segment(0xc2, [8, 0, 16, 0, 16, 1, 1, 0x11, 0]);
  // A stuffed byte, a restart, and a second scan.
  const scans = [...segment(0xda, [1, 1, 0, 0, 63, 0]), 5, 0xff, 0, 6, 0xff, 0xd0, 7, ...segment(0xda, [1, 1, 0, 0, 63, 0]), 8];
  const picture = (...more: readonly (readonly number[])[]) =>
    bytes([0xff, 0xd8], jfif, ...more, profile, table, frame, scans, [0xff, 0xd9]);

  it('loses its metadata and what follows its end', () => {
    const dirty = picture(
      segment(0xe1, ascii('Exif\0\0 GPS')),
      segment(0xe1, ascii('http://ns.adobe.com/xap/1.0/')),
      segment(0xe2, ascii('MPF\0')),
      segment(0xed, ascii('Photoshop 3.0\0')),
      segment(0xfe, ascii('a comment')),
    );
    expect(cleanJpeg(bytes([...dirty], 'ftypmp42'))).toEqual(picture());
    expect(cleanJpeg(picture())).toEqual(picture());
    survivesCuts(dirty, cleanJpeg);
  });

  it('loses its thumbnail', () => {
    const thumbnail = segment(0xe0, [...ascii('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 1, 1, 9, 9, 9]);
    expect(cleanJpeg(bytes([0xff, 0xd8], thumbnail, table, scans, [0xff, 0xd9]))).toEqual(bytes([0xff, 0xd8], table, scans, [0xff, 0xd9]));
  });

  it('is damaged without its end', () => expect(cleanJpeg(picture().slice(0, -2))).toBeUndefined());
});

describe('a PNG', () => {
  const chunk = (name: string, content: readonly number[] = []) => [...big32(content.length), ...ascii(name), ...content, 0, 0, 0, 0];
  const header = chunk('IHDR', [...big32(30), ...big32(20), 8, 6, 0, 0, 0]);
  const signature = '\x89PNG\r\n\x1a\n';

  it('loses its metadata and what follows its end', () => {
    const dirty = bytes(
      signature,
      header,
      chunk('eXIf', [1]),
      chunk('tEXt', [1]),
      chunk('tIME', [1]),
      chunk('IDAT', [7]),
      chunk('IEND'),
      'more',
    );
    const clean = bytes(signature, header, chunk('IDAT', [7]), chunk('IEND'));
    expect(cleanPng(dirty)).toEqual({ bytes: clean, width: 30, height: 20, moves: false });
    survivesCuts(dirty, cleanPng);
  });

  it('that moves is known', () =>
    expect(cleanPng(bytes(signature, header, chunk('acTL', [0]), chunk('IDAT', [7]), chunk('IEND')))?.moves).toBe(true));

  it('is damaged without its end', () => expect(cleanPng(bytes(signature, header, chunk('IDAT', [7])))).toBeUndefined());
});

describe('a WebP', () => {
  const chunk = (name: string, content: readonly number[]) => [
    ...ascii(name),
    ...little32(content.length),
    ...content,
    ...(content.length % 2 === 0 ? [] : [0]),
  ];
  const file = (...chunks: readonly (readonly number[])[]) => bytes('RIFF', little32(4 + chunks.flat().length), 'WEBP', ...chunks);
  const canvas = (flags: number) => chunk('VP8X', [flags, 0, 0, 0, 29, 0, 0, 19, 0, 0]);
  const frame = chunk('ANMF', [1, 2, 3]);

  it('loses its metadata and what follows its end', () => {
    const dirty = file(canvas(0x02 | 0x08 | 0x04), chunk('ANIM', [0, 0, 0, 0, 0, 0]), frame, chunk('EXIF', [1, 2, 3]), chunk('XMP ', [4]));
    const clean = file(canvas(0x02), chunk('ANIM', [0, 0, 0, 0, 0, 0]), frame);
    expect(cleanWebp(bytes([...dirty], 'more'))).toEqual({ bytes: clean, width: 30, height: 20, moves: true });
    survivesCuts(dirty, cleanWebp);
  });

  it('of the simple format has its size in its data', () =>
    expect(cleanWebp(file(chunk('VP8 ', [0, 0, 0, 0x9d, 1, 0x2a, 30, 0, 20, 0])))).toMatchObject({ width: 30, height: 20, moves: false }));
});

describe('a GIF', () => {
  const start = bytes('GIF89a', [30, 0, 20, 0, 0x80, 0, 0], [0, 0, 0, 255, 255, 255]);
  const control = [0x21, 0xf9, 4, 0, 10, 0, 0, 0];
  const repeat = [0x21, 0xff, 11, ...ascii('NETSCAPE2.0'), 3, 1, 0, 0, 0];
  const image = [0x2c, 0, 0, 0, 0, 30, 0, 20, 0, 0, 2, 2, 0x4c, 1, 0];
  const xmp = [0x21, 0xff, 11, ...ascii('XMP DataXMP'), 3, 1, 2, 3, 0];
  const comment = [0x21, 0xfe, 5, ...ascii('place'), 0];

  it('goes on moving without its comments and notes', () => {
    const dirty = bytes([...start], repeat, comment, control, image, xmp, control, image, [0x3b], 'more');
    const clean = bytes([...start], repeat, control, image, control, image, [0x3b]);
    expect(cleanGif(dirty)).toEqual({ bytes: clean, width: 30, height: 20, moves: true });
    survivesCuts(dirty, cleanGif);
  });

  it('gets the end that it lacks', () => expect(cleanGif(bytes([...start], image))?.bytes.at(-1)).toBe(0x3b));

  it('without a picture is damaged', () => expect(cleanGif(bytes([...start], [0x3b]))).toBeUndefined());
});
