import { countries } from '../members/countries';
import { languages } from '../members/languages';
import { languageName } from '../members/words';
import { Panel } from '../ui/Panel';
import { SelectField } from '../ui/SelectField';
import { labels } from './differences';
import { errorOf, type FormPart } from './form';
import { LanguagesField } from './LanguagesField';

/** Where the member is, and in which languages. */
export function PlaceFields(part: FormPart & { readonly isCreator: boolean }) {
  const { draft, errors, edit, isCreator } = part;
  // A language that the list does not have is kept.
  const written =
    languages.some(({ value }) => value === draft.language) || draft.language === ''
      ? languages
      : [{ value: draft.language, name: languageName(draft.language) }, ...languages];
  return (
    <Panel>
      <h2>{isCreator ? 'Where and in which languages' : 'Where you are'}</h2>
      <SelectField
        label={labels.country}
        none="Not said"
        options={countries}
        value={draft.country}
        error={errorOf(errors, 'country')}
        onChange={(event) => edit({ country: event.target.value })}
      />
      {isCreator && <LanguagesField {...part} />}
      <SelectField
        label={labels.language}
        hint="Where we do not have it yet, emails come in English."
        none="Not said: English"
        options={written}
        value={draft.language}
        error={errorOf(errors, 'language')}
        onChange={(event) => edit({ language: event.target.value })}
      />
    </Panel>
  );
}
