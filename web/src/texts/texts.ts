import { en } from './en';

/** The sentences of one language. A language that lacks one does not compile. */
export type Texts = typeof en;

/** The page's sentences. This is where the page's language is chosen: a second one is a second file like `en.ts`. */
export const texts: Texts = en;

/** The page's language, in which it formats numbers, dates and names of countries, whatever the browser's language is. */
export const language = texts.language;
