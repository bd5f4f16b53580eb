import { useState } from 'react';
import { Problem } from '@/api/problem';
import { type OwnProfile, useSaveProfile } from '@/members/useMe';
import { draftKey } from '@/session/drafts';
import { accountTexts } from '@/texts/account';
import { useToasts } from '@/ui/toasts';
import { draftOf, isSame, type ProfileDraft } from './draft';
import { keepEdits, type KeptEdits, readKeptEdits } from './keptEdits';
import { type FormPart, withoutErrorsOf, type FieldErrors, readDraft } from './readDraft';

/** The state of the profile form. */
export interface ProfileForm extends FormPart {
  /** Whether the draft differs from the saved profile. */
  readonly isChanged: boolean;
  /** Whether the profile was saved elsewhere since these edits began. */
  readonly isOutdated: boolean;
  readonly isSaving: boolean;
  /** How often saving was refused because of a field. Each time, the first invalid field gets the focus. */
  readonly refusals: number;
  /** Why saving failed, if it was not because of a field. */
  readonly problem: Problem | undefined;
  readonly save: () => void;
  readonly discard: () => void;
  /** Rebases the edits on the profile that was saved elsewhere. */
  readonly keepMine: () => void;
}

/** @param reload reads the profile again after it was changed elsewhere. */
export function useProfileForm(own: OwnProfile, reload: () => void): ProfileForm {
  const toasts = useToasts();
  const key = draftKey(own.profile.id, 'profile');
  const saved = draftOf(own.profile);
  const [kept, setKept] = useState(() => readKeptEdits(key, own.profile));
  const [errors, setErrors] = useState<FieldErrors>({});
  const [refusals, setRefusals] = useState(0);
  const saving = useSaveProfile();
  const draft = kept?.draft ?? saved;
  const change = (next: KeptEdits | undefined) => {
    setKept(next);
    keepEdits(key, next);
  };
  const edit = (edits: Partial<ProfileDraft>) => {
    const next = { ...draft, ...edits };
    change(isSame(next, saved) ? undefined : { etag: kept?.etag ?? own.etag, draft: next });
    setErrors((now) => withoutErrorsOf(now, [...Object.keys(edits), 'listed']));
  };
  const save = () => {
    const refuse = (found: FieldErrors) => {
      setErrors(found);
      setRefusals((before) => before + 1);
    };
    const read = readDraft(draft, own.profile);
    if ('errors' in read) {
      refuse(read.errors);
      return;
    }

    setErrors({});
    const onSuccess = ({ etag, profile }: OwnProfile) => {
      // Keeps what was typed while the profile was being saved.
      const typed = readKeptEdits(key, profile)?.draft;
      change(typed === undefined || isSame(typed, draft) ? undefined : { etag, draft: typed });
      toasts.done(draft.listed && !own.profile.listed ? accountTexts.profile.savedListed : accountTexts.profile.saved);
    };
    const onError = (error: Error) => {
      const problem = Problem.from(error);
      if (problem.status === 412) {
        reload();
      } else {
        refuse(problem.errors);
      }
    };
    // Also runs if the page was left meanwhile, because saved edits are no longer a draft.
    saving.mutateAsync({ change: read.change, etag: kept?.etag ?? own.etag }).then(onSuccess, onError);
  };
  const problem = saving.error ? Problem.from(saving.error) : undefined;
  const isChanged = kept !== undefined && !isSame(kept.draft, saved);
  return {
    draft,
    errors,
    edit,
    isChanged,
    isOutdated: isChanged && kept.etag !== own.etag,
    isSaving: saving.isPending,
    refusals,
    problem: problem && problem.status !== 412 && Object.keys(problem.errors).length === 0 ? problem : undefined,
    save,
    discard: () => {
      change(undefined);
      setErrors({});
      saving.reset();
    },
    keepMine: () => change({ etag: own.etag, draft }),
  };
}
