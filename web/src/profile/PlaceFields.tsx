import { useState } from 'react';
import { countries, languages } from '@/members/choices';
import { languageName } from '@/members/names';
import { accountTexts } from '@/texts/account';
import { texts } from '@/texts/texts';
import { Button } from '@/ui/Button';
import { ChipList } from '@/ui/ChipList';
import { SelectField } from '@/ui/Field';
import { useRowFocus } from '@/ui/focus';
import { Panel } from '@/ui/Page';
import { labels } from './differences';
import styles from './ListField.module.css';
import { errorOf, errorOfList, type FormPart } from './readDraft';

const said = accountTexts.profile;

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
      <h2>{isCreator ? said.placeOfCreator : said.place}</h2>
      <SelectField
        label={labels.country}
        none={said.placeNone}
        options={countries}
        value={draft.country}
        error={errorOf(errors, 'country')}
        onChange={(event) => edit({ country: event.target.value })}
      />
      {isCreator && <LanguagesField {...part} />}
      <SelectField
        label={labels.language}
        hint={said.languageHint}
        none={said.languageNone}
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
          hint={chosen.length < most ? said.languagesHint : said.languagesFull(most)}
          none={said.languageChoose}
          options={languages.filter(({ value }) => !chosen.includes(value))}
          data-no-rows
          value={choice}
          error={errorOfList(errors, 'languages')}
          onChange={(event) => setChoice(event.target.value)}
        />
        <Button disabled={choice === '' || chosen.length >= most} onClick={add}>
          {texts.common.add}
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
