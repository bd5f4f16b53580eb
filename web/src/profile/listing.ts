import type { ProfileDraft } from './draft';

interface Need {
  /** The field that has it. */
  readonly field: 'handle' | 'headline' | 'categories' | 'platforms';
  /** What it is, as an item of a list. */
  readonly name: string;
  /** What to say at the field. */
  readonly error: string;
  readonly isMet: (draft: ProfileDraft) => boolean;
}

/** What a creator needs to be listed, in the order of the page. */
export const needs: readonly Need[] = [
  { field: 'handle', name: 'a handle', error: 'To be listed you need a handle.', isMet: ({ handle }) => handle.trim() !== '' },
  { field: 'headline', name: 'a headline', error: 'To be listed you need a headline.', isMet: ({ headline }) => headline.trim() !== '' },
  {
    field: 'categories',
    name: 'at least one category',
    error: 'To be listed you need at least one category.',
    isMet: ({ categories }) => categories.length > 0,
  },
  {
    field: 'platforms',
    name: 'at least one platform',
    error: 'To be listed you need at least one platform.',
    isMet: ({ platforms }) => platforms.length > 0,
  },
];

/** What is missing for a creator to be listed. */
export function missing(draft: ProfileDraft): readonly Need[] {
  return needs.filter(({ isMet }) => !isMet(draft));
}
