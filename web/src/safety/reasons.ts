import type { ReportReason } from '../api/types';

/** Why something is reported, in words; the most frequent first. */
export const reasons: readonly { readonly value: ReportReason; readonly name: string; readonly words: string }[] = [
  { value: 'spam', name: 'Spam', words: 'Unwanted advertising, or the same thing to everybody.' },
  { value: 'harassment', name: 'Harassment', words: 'Threats, insults or pressure.' },
  { value: 'impersonation', name: 'Impersonation', words: 'They are not who they say they are.' },
  { value: 'inappropriate', name: 'Does not belong here', words: 'Content that is offensive, sexual or against the law.' },
  { value: 'other', name: 'Something else', words: 'Tell us below what it is.' },
];
