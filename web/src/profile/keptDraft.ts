import { keepDraft } from '../session/useDraft';
import { draftOf, fieldsOf, type ProfileDraft } from './draft';
import type { Profile } from '../api/types';

/** The name of the profile's draft among all drafts. */
export const profileDraft = 'profile';

/** Edits that are not saved, and the ETag of the profile that they began with. */
export interface KeptDraft {
  readonly etag: string | undefined;
  readonly draft: ProfileDraft;
}

/** Keeps edits over a reload; undefined forgets them. */
export function keep(key: string, kept: KeptDraft | undefined): void {
  keepDraft(key, kept ? JSON.stringify(kept) : '');
}

/** The edits that were kept; undefined where there are none, or none that this version of the page can read. */
export function readKept(key: string, profile: Profile): KeptDraft | undefined {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? 'null') as {
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
