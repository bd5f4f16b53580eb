import { type CreatorsTexts, enCreators } from './en.creators';

/** The sentences of the values of filters, of profiles and of favourites, in the page's language. */
export const creatorsTexts: CreatorsTexts = enCreators;
