import { useState } from 'react';
import { languages } from '../members/languages';
import { languageName } from '../members/words';
import { Button } from '../ui/Button';
import { ChipList } from '../ui/ChipList';
import { SelectField } from '../ui/SelectField';
import { useRowFocus } from '../ui/useRowFocus';
import { labels } from './differences';
import { errorOfList, type FormPart } from './form';
import styles from './ListField.module.css';

const most = 10;

/** The languages that a creator publishes in. */
export function LanguagesField({ draft, errors, edit }: FormPart) {
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
