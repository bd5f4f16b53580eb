import { enModeration, type ModerationTexts } from './en.moderation';

/** The sentences of the moderators' desk, in the page's language. */
export const moderationTexts: ModerationTexts = enModeration;
