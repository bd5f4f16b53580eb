import { enFiles, type FileTexts } from './en.files';

/** The sentences about files in messages, in the page's language. */
export const fileTexts: FileTexts = enFiles;
