import { type SubmitEvent, useEffect, useRef } from 'react';
import type { Card, PlatformName } from '@/api/types';
import { CardPreview } from '@/creators/CreatorCard';
import { readCount, readPercent } from '@/creators/numbers';
import { previewOf } from '@/files/previews';
import { type OwnProfile, useOwnProfile } from '@/members/useMe';
import { accountTexts } from '@/texts/account';
import { texts } from '@/texts/texts';
import { ButtonLink } from '@/ui/Button';
import { Page } from '@/ui/Page';
import { AboutFields } from './AboutFields';
import { AddressPanel } from './AddressPanel';
import { ChangedElsewhere } from './ChangedElsewhere';
import { draftOf, type ProfileDraft } from './draft';
import { ListedPanel } from './ListedPanel';
import { PlaceFields } from './PlaceFields';
import { PlatformsField } from './PlatformsField';
import styles from './ProfilePage.module.css';
import { readRate } from './readDraft';
import { SaveBar } from './SaveBar';
import { TermsFields } from './TermsFields';
import { TopicFields } from './TopicFields';
import { useProfileForm } from './useProfileForm';

const said = accountTexts.profile;

/** The member's own profile as a form, beside a preview of their card. */
export function ProfilePage() {
  const own = useOwnProfile();
  // Always loaded: `MemberGate` waits for it.
  return own.data ? (
    <Page
      title={texts.pages.profile}
      intro={said.intro}
      width="wide"
      actions={<ButtonLink to={`/creators/${encodeURIComponent(own.data.profile.id)}`}>{said.view}</ButtonLink>}
    >
      <ProfileForm own={own.data} reload={() => void own.refetch()} />
      <AddressPanel />
    </Page>
  ) : null;
}

function ProfileForm({ own, reload }: { readonly own: OwnProfile; readonly reload: () => void }) {
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
        {form.isOutdated && (
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
        <TermsFields {...form} isCreator={isCreator} />
        <PlaceFields {...form} isCreator={isCreator} />
        <SaveBar {...form} />
      </div>
      <aside className={styles.preview} aria-labelledby="preview">
        <h2 id="preview">{said.card}</h2>
        <CardPreview card={cardOf(form.draft, own.profile.id)} />
        <p className="hint">{isCreator ? said.cardOfCreator : said.cardOfBrand}</p>
      </aside>
    </form>
  );
}

/** A card from the values typed so far. */
function cardOf(draft: ProfileDraft, id: string): Card {
  const platforms = draft.platforms
    .filter((platform) => platform.name !== '')
    .map(({ name, handle, followers, engagement }) => ({
      name: name as PlatformName,
      handle,
      followers: readCount(followers) ?? 0,
      engagement: readPercent(engagement) ?? 0,
    }));
  const largest = platforms.reduce<(typeof platforms)[number] | undefined>(
    (most, platform) => (most && most.followers >= platform.followers ? most : platform),
    undefined,
  );
  const rateFrom = readRate(draft.rateFrom);
  return {
    id,
    displayName: draft.displayName.trim() === '' ? said.labels.displayName : draft.displayName,
    ...given('handle', draft.handle.trim().replace(/^@/, '')),
    ...given('headline', draft.headline.trim()),
    ...given('avatarUrl', draft.avatar === '' ? draft.avatarUrl : (previewOf(draft.avatar) ?? '')),
    ...given('organisation', draft.organisation.trim()),
    ...given('country', draft.country),
    ...given('availableFrom', draft.availableFrom),
    ...(rateFrom && { rateFrom }),
    openTo: [...draft.openTo],
    formats: [...draft.formats],
    categories: [...draft.categories],
    languages: [...draft.languages],
    platforms,
    followers: largest?.followers ?? 0,
    engagement: largest?.engagement ?? 0,
  };
}

function given<K extends string>(name: K, text: string): Partial<Record<K, string>> {
  return text === '' ? {} : ({ [name]: text } as Partial<Record<K, string>>);
}
