import { TextArea, TextField } from '@/ui/Field';
import { Panel } from '@/ui/Page';
import { labels } from './differences';
import { errorOf, type FormPart } from './form';

type TextName = 'displayName' | 'handle' | 'headline' | 'bio' | 'organisation' | 'website' | 'avatarUrl';

const addressProps = { type: 'url', inputMode: 'url', placeholder: 'https://', limit: 500 } as const;

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
      <h2>About you</h2>
      <TextField {...field('displayName')} required limit={80} autoComplete="name" dir="auto" />
      <TextField
        {...field('handle')}
        hint="Letters a to z, digits and . _ -"
        limit={40}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
      />
      <TextField
        {...field('headline')}
        hint={isCreator ? 'One line that says what you make. It appears on your card.' : 'One line that says what you do.'}
        limit={120}
        dir="auto"
      />
      <TextArea {...field('bio')} limit={2000} rows={6} dir="auto" />
      <TextField
        {...field('organisation')}
        hint="The brand or the agency, if there is one."
        limit={80}
        autoComplete="organization"
        dir="auto"
      />
      <TextField {...field('website')} {...addressProps} autoComplete="url" />
      <TextField
        {...field('avatarUrl')}
        {...addressProps}
        hint="The address of a square picture, beginning with https. Without one, your initials are shown."
        autoComplete="off"
      />
    </Panel>
  );
}
