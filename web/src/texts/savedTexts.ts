import { enSavedTexts, type SavedTextsTexts } from './en.savedTexts';

/** The sentences about saved texts, in the page's language. */
export const savedTexts: SavedTextsTexts = enSavedTexts;
