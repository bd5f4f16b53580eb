import { TextArea, TextField } from '@/ui/Field';
import { Panel } from '@/ui/Page';
import { labels } from './differences';
import { errorOf, type FormPart } from './form';

/** The member's name and description. */
export function AboutFields({ draft, errors, edit, isCreator }: FormPart & { readonly isCreator: boolean }) {
  return (
    <Panel>
      <h2>About you</h2>
      <TextField
        label={labels.displayName}
        required
        limit={80}
        autoComplete="name"
        dir="auto"
        value={draft.displayName}
        error={errorOf(errors, 'displayName')}
        onChange={(event) => edit({ displayName: event.target.value })}
      />
      <TextField
        label={labels.handle}
        hint="Letters a to z, digits and . _ -"
        limit={40}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        value={draft.handle}
        error={errorOf(errors, 'handle')}
        onChange={(event) => edit({ handle: event.target.value })}
      />
      <TextField
        label={labels.headline}
        hint={isCreator ? 'One line that says what you make. It stands on your card.' : 'One line that says what you do.'}
        limit={120}
        dir="auto"
        value={draft.headline}
        error={errorOf(errors, 'headline')}
        onChange={(event) => edit({ headline: event.target.value })}
      />
      <TextArea
        label={labels.bio}
        limit={2000}
        rows={6}
        dir="auto"
        value={draft.bio}
        error={errorOf(errors, 'bio')}
        onChange={(event) => edit({ bio: event.target.value })}
      />
      <TextField
        label={labels.organisation}
        hint="The brand or the agency, if there is one."
        limit={80}
        autoComplete="organization"
        dir="auto"
        value={draft.organisation}
        error={errorOf(errors, 'organisation')}
        onChange={(event) => edit({ organisation: event.target.value })}
      />
      <TextField
        label={labels.website}
        type="url"
        inputMode="url"
        autoComplete="url"
        placeholder="https://"
        limit={500}
        value={draft.website}
        error={errorOf(errors, 'website')}
        onChange={(event) => edit({ website: event.target.value })}
      />
      <TextField
        label={labels.avatarUrl}
        hint="The address of a square picture, beginning with https. Without one, your initials are shown."
        type="url"
        inputMode="url"
        autoComplete="off"
        placeholder="https://"
        limit={500}
        value={draft.avatarUrl}
        error={errorOf(errors, 'avatarUrl')}
        onChange={(event) => edit({ avatarUrl: event.target.value })}
      />
    </Panel>
  );
}
