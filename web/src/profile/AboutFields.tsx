import { accountTexts } from '@/texts/account';
import { TextArea, TextField } from '@/ui/Field';
import { Panel } from '@/ui/Page';
import { AvatarField } from './AvatarField';
import { labels } from './differences';
import { errorOf, type FormPart } from './readDraft';

const said = accountTexts.profile;

type TextName = 'displayName' | 'handle' | 'headline' | 'bio' | 'organisation' | 'website';

/** The member's name and description. */
export function AboutFields({ draft, errors, edit, isCreator }: FormPart & { readonly isCreator: boolean }) {
  const field = (name: TextName) => ({
    label: labels[name],
    value: draft[name],
    error: errorOf(errors, name),
    onChange: (event: { readonly target: { readonly value: string } }) => edit({ [name]: event.target.value }),
  });
  return (
    <Panel>
      <h2>{said.labels.bio}</h2>
      <AvatarField draft={draft} errors={errors} edit={edit} />
      <TextField {...field('displayName')} required limit={80} autoComplete="name" dir="auto" />
      <TextField {...field('handle')} hint={said.handleHint} limit={40} autoComplete="off" autoCapitalize="none" spellCheck={false} />
      <TextField {...field('headline')} hint={isCreator ? said.headlineHintOfCreator : said.headlineHint} limit={120} dir="auto" />
      <TextArea {...field('bio')} limit={2000} rows={6} dir="auto" />
      <TextField {...field('organisation')} hint={said.organisationHint} limit={80} autoComplete="organization" dir="auto" />
      <TextField {...field('website')} type="url" inputMode="url" placeholder="https://" limit={500} autoComplete="url" />
    </Panel>
  );
}
