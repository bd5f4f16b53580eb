import { useEffect, useRef, type SubmitEvent } from 'react';
import { CardPreview } from '../creators/CardPreview';
import type { OwnProfile } from '../members/useMe';
import { AboutFields } from './AboutFields';
import { ChangedElsewhere } from './ChangedElsewhere';
import { draftOf } from './draft';
import { ListedPanel } from './ListedPanel';
import { PlaceFields } from './PlaceFields';
import { PlatformsField } from './PlatformsField';
import { previewOf } from './preview';
import styles from './ProfileForm.module.css';
import { SaveBar } from './SaveBar';
import { TopicFields } from './TopicFields';
import { useProfileForm } from './useProfileForm';

/** The form of the member's own profile. */
export function ProfileForm({ own, reload }: { readonly own: OwnProfile; readonly reload: () => void }) {
  const form = useProfileForm(own, reload);
  const isCreator = own.profile.kind === 'creator';
  const element = useRef<HTMLFormElement>(null);
  useEffect(() => {
    element.current?.querySelector<HTMLElement>('[aria-invalid], [data-invalid]')?.focus();
  }, [form.refusals]);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (form.isChanged && !form.isSaving) {
      form.save();
    }
  };
  return (
    <form ref={element} className={styles.form} onSubmit={submit} noValidate>
      <div className={styles.fields}>
        {form.isOvertaken && (
          <ChangedElsewhere
            theirs={draftOf(own.profile)}
            mine={form.draft}
            onTake={form.edit}
            onTakeAll={form.discard}
            onKeepMine={form.keepMine}
          />
        )}
        {isCreator && <ListedPanel {...form} isListed={own.profile.listed} />}
        <AboutFields {...form} isCreator={isCreator} />
        <TopicFields {...form} isCreator={isCreator} />
        {isCreator && <PlatformsField {...form} />}
        <PlaceFields {...form} isCreator={isCreator} />
        <SaveBar {...form} />
      </div>
      <aside className={styles.preview} aria-labelledby="preview">
        <h2 id="preview">Your card</h2>
        <CardPreview card={previewOf(form.draft, own.profile.id)} />
        <p className={styles.hint}>
          {isCreator
            ? 'As brands and creators see it in Explore, beside the heart and the +.'
            : 'As others see you in invites and connections.'}
        </p>
      </aside>
    </form>
  );
}
