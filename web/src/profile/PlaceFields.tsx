import { useState } from 'react';
import { countries, languages } from '@/members/choices';
import { languageName } from '@/members/names';
import { Button } from '@/ui/Button';
import { ChipList } from '@/ui/ChipList';
import { SelectField } from '@/ui/Field';
import { useRowFocus } from '@/ui/focus';
import { Panel } from '@/ui/Page';
import { labels } from './differences';
import { errorOf, errorOfList, type FormPart } from './form';
import styles from './ListField.module.css';

/** The member's country and languages. */
export function PlaceFields(part: FormPart & { readonly isCreator: boolean }) {
  const { draft, errors, edit, isCreator } = part;
  // Keeps a language that is not in the list.
  const written =
    languages.some(({ value }) => value === draft.language) || draft.language === ''
      ? languages
      : [{ value: draft.language, name: languageName(draft.language) }, ...languages];
  return (
    <Panel>
      <h2>{isCreator ? 'Where and in which languages' : 'Where you are'}</h2>
      <SelectField
        label={labels.country}
        none="Not specified"
        options={countries}
        value={draft.country}
        error={errorOf(errors, 'country')}
        onChange={(event) => edit({ country: event.target.value })}
      />
      {isCreator && <LanguagesField {...part} />}
      <SelectField
        label={labels.language}
        hint="Emails are in English where we do not support it yet."
        none="Not specified: English"
        options={written}
        value={draft.language}
        error={errorOf(errors, 'language')}
        onChange={(event) => edit({ language: event.target.value })}
      />
    </Panel>
  );
}

const most = 10;

/** The languages in which a creator publishes. */
function LanguagesField({ draft, errors, edit }: FormPart) {
  const [choice, setChoice] = useState('');
  const list = useRowFocus<HTMLDivElement>();
  const chosen = draft.languages;
  const add = () => {
    edit({ languages: [...chosen, choice] });
    setChoice('');
  };
  return (
    <div ref={list} className={styles.field}>
      <div className={styles.add}>
        <SelectField
          label={labels.languages}
          hint={chosen.length < most ? 'Choose one and press Add.' : `These are all ${most}. Take one away to add another.`}
          none="Choose a language"
          options={languages.filter(({ value }) => !chosen.includes(value))}
          data-no-rows
          value={choice}
          error={errorOfList(errors, 'languages')}
          onChange={(event) => setChoice(event.target.value)}
        />
        <Button disabled={choice === '' || chosen.length >= most} onClick={add}>
          Add
        </Button>
      </div>
      {chosen.length > 0 && (
        <ChipList
          label={labels.languages}
          chips={chosen.map((value) => ({ value, name: languageName(value) }))}
          onRemove={(value) => edit({ languages: chosen.filter((other) => other !== value) })}
        />
      )}
    </div>
  );
}
