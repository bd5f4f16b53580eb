import { useState, type KeyboardEvent } from 'react';
import { Button } from '../ui/Button';
import { charactersIn } from '../ui/characters';
import { ChipList } from '../ui/ChipList';
import { TextField } from '../ui/TextField';
import { useRowFocus } from '../ui/useRowFocus';
import styles from './ListField.module.css';
import { labels } from './differences';
import { errorOfList, type FormPart } from './form';
import { withTags } from './tags';

const longest = 30;
const most = 20;

/** The member's own words for what they make. Enter or a comma adds one. */
export function TagsField({ draft, errors, edit }: FormPart) {
  const [typed, setTyped] = useState('');
  const list = useRowFocus<HTMLDivElement>();
  const tags = draft.tags;
  const tooLong = charactersIn(typed) > longest;
  const add = (text: string) => {
    const next = withTags(tags, text);
    if (!tooLong && next.length <= most) {
      edit({ tags: next });
      setTyped('');
    }
  };
  return (
    <div ref={list} className={styles.field}>
      <div className={styles.add}>
        <TextField
          label={labels.tags}
          hint={
            tags.length < most
              ? 'Your own words, by which you are found. Enter adds one.'
              : `These are all ${most}. Take one away to add another.`
          }
          data-no-rows
          autoComplete="off"
          autoCapitalize="none"
          dir="auto"
          limit={longest}
          value={typed}
          error={tooLong ? `At most ${longest} characters.` : errorOfList(errors, 'tags')}
          onChange={(event) => {
            const text = event.target.value;
            if (/[,;]/.test(text)) {
              add(text);
            } else {
              setTyped(text);
            }
          }}
          onBlur={() => {
            if (typed.trim() !== '') {
              // What was typed is meant, whether or not Enter was pressed.
              add(typed);
            }
          }}
          onKeyDown={(event: KeyboardEvent) => {
            if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
              event.preventDefault();
              add(typed);
            }
          }}
        />
        <Button disabled={typed.trim() === '' || tooLong || tags.length >= most} onClick={() => add(typed)}>
          Add
        </Button>
      </div>
      {tags.length > 0 && (
        <ChipList
          label={labels.tags}
          chips={tags.map((tag) => ({ value: tag, name: tag }))}
          onRemove={(tag) => edit({ tags: tags.filter((other) => other !== tag) })}
        />
      )}
    </div>
  );
}
