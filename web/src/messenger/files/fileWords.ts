import type { LastFiles } from '@/api/types';
import { fileTexts as said } from '@/texts/files';
import { language } from '@/texts/texts';
import { isPicture } from '@/files/fileKinds';

const percents = new Intl.NumberFormat(language, { style: 'percent' });

export function formatPercent(percent: number): string {
  return percents.format(percent / 100);
}

interface NamedFile {
  readonly name: string;
  readonly type: string;
  readonly alt?: string;
}

/** What the files of a message are, in a few words, where it shows none of them: "3 pictures", "File: brief.pdf". */
export function filesInWords(files: readonly NamedFile[]): string {
  const [first] = files;
  const pictures = files.filter(({ type }) => isPicture(type)).length;
  if (!first) {
    return '';
  }

  if (files.length === 1) {
    return pictures === 0 ? said.file(first.name) : first.alt === undefined ? said.picture : said.pictureOf(first.alt);
  }

  return pictures === files.length ? said.pictures(pictures) : said.files(files.length);
}

/** The same, from what a list of conversations knows of them. */
function lastFilesInWords({ count, kind, name }: LastFiles): string {
  const isPictures = kind === 'picture';
  if (count > 1) {
    return isPictures ? said.pictures(count) : said.files(count);
  }

  // What a camera calls its pictures tells nobody anything.
  return isPictures ? said.picture : name === undefined ? said.aFile : said.file(name);
}

/** A message in words: its text, and what its files are. */
export function messageInWords({ text, files = [] }: { readonly text: string; readonly files?: readonly NamedFile[] }): string {
  return joined(filesInWords(files), text);
}

/** The last message of a conversation in words. */
export function lastMessageInWords({ text, files }: { readonly text: string; readonly files?: LastFiles }): string {
  return joined(files ? lastFilesInWords(files) : '', text);
}

function joined(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('. ');
}

/** Why a file is not delivered, for its sender. */
export function fileRefusedInWords(reason = ''): string {
  return (said.refused as Partial<Record<string, string>>)[reason] ?? said.refusedTheirs;
}
