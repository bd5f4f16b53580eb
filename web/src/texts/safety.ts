import { enSafety, type SafetyTexts } from './en.safety';

/** The sentences of blocking, ending and reporting, in the page's language. */
export const safetyTexts: SafetyTexts = enSafety;
