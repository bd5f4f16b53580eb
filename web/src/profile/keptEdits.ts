import type { Profile } from '@/api/types';
import { readDraft, writeDraft } from '@/session/drafts';
import { draftOf, fieldsOf, type ProfileDraft } from './draft';

/** Unsaved edits, and the ETag of the profile that they are based on. */
export interface KeptEdits {
  readonly etag: string | undefined;
  readonly draft: ProfileDraft;
}

/** Keeps edits across reloads; undefined deletes them. */
export function keepEdits(key: string, kept: KeptEdits | undefined): void {
  writeDraft(key, kept ? JSON.stringify(kept) : '');
}

/** The kept edits; undefined if there are none, or if this version of the page cannot read them. */
export function readKeptEdits(key: string, profile: Profile): KeptEdits | undefined {
  try {
    const kept = JSON.parse(readDraft(key)) as {
      readonly etag?: string;
      readonly draft?: Partial<ProfileDraft>;
    } | null;
    if (!kept?.draft) {
      return undefined;
    }

    const draft = { ...draftOf(profile), ...kept.draft };
    return fieldsOf(draftOf(profile)).every((field) => isOfKind(draft[field], draftOf(profile)[field]))
      ? { etag: kept.etag, draft }
      : undefined;
  } catch {
    return undefined;
  }
}

function isOfKind(value: unknown, example: unknown): boolean {
  return value !== null && typeof value === typeof example && Array.isArray(value) === Array.isArray(example);
}
