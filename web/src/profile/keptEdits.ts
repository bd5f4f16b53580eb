import type { Profile } from '@/api/types';
import { readDraft, writeDraft } from '@/session/drafts';
import { draftOf, fieldsOf, type ProfileDraft } from './draft';

/** Edits that are not saved, and the ETag of the profile that they began with. */
export interface KeptEdits {
  readonly etag: string | undefined;
  readonly draft: ProfileDraft;
}

/** Keeps edits over a reload; undefined forgets them. */
export function keepEdits(key: string, kept: KeptEdits | undefined): void {
  writeDraft(key, kept ? JSON.stringify(kept) : '');
}

/** The edits that were kept; undefined where there are none, or none that this version of the page can read. */
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
  return typeof value === typeof example && Array.isArray(value) === Array.isArray(example);
}
