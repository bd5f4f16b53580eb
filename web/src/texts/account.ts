import { type AccountTexts, enAccount } from './en.account';

/** The sentences of the pages of a member's own account, in the page's language. */
export const accountTexts: AccountTexts = enAccount;
