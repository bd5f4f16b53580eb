import { useId, useState } from 'react';
import type { CallersCard } from '@/api/types';
import { isolated } from '@/members/names';
import { creatorsTexts } from '@/texts/creators';
import { texts } from '@/texts/texts';
import { Button } from '@/ui/Button';
import { Dialog, DialogActions } from '@/ui/Dialog';
import { charactersIn, TextArea, TextField } from '@/ui/Field';
import styles from './FavouriteMark.module.css';
import { useFavouriteLists, useMark } from './useFavouriteLists';

const said = creatorsTexts;

// The API's most.
const maxNote = 1_000;
const maxListName = 60;

/** Writes a note on a favourite, and puts it in lists. */
export function FavouriteMarkDialog({ creator, onClose }: { readonly creator: CallersCard; readonly onClose: () => void }) {
  const form = useId();
  const [note, setNote] = useState(creator.mark?.note ?? '');
  const [chosen, setChosen] = useState<readonly string[]>(creator.mark?.lists ?? []);
  const [added, setAdded] = useState('');
  const known = useFavouriteLists().data?.map(({ name }) => name) ?? [];
  const save = useMark(creator, onClose);
  const isTooLong = charactersIn(note) > maxNote;
  const names = [...new Set([...known, ...chosen])];
  return (
    <Dialog title={said.markOf(isolated(creator.displayName))} onClose={onClose}>
      <form
        id={form}
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          const name = added.trim();
          if (!isTooLong) {
            save.mutate({
              note: note.trim() === '' ? null : note.trim(),
              lists: [...new Set([...chosen, ...(name === '' ? [] : [name])])],
            });
          }
        }}
      >
        <p className="hint">{said.markHint}</p>
        <TextArea
          label={said.note}
          limit={maxNote}
          value={note}
          data-first
          onChange={(event) => setNote(event.target.value)}
          error={isTooLong ? said.noteTooLong : undefined}
        />
        {names.length > 0 && (
          <fieldset>
            <legend>{said.lists}</legend>
            <div className={styles.choices}>
              {names.map((name) => (
                <label key={name} className={styles.choice}>
                  <input
                    type="checkbox"
                    checked={chosen.includes(name)}
                    onChange={() => setChosen(chosen.includes(name) ? chosen.filter((one) => one !== name) : [...chosen, name])}
                  />
                  <bdi>{name}</bdi>
                </label>
              ))}
            </div>
          </fieldset>
        )}
        <TextField
          label={said.listNew}
          maxLength={maxListName}
          placeholder={said.listExample}
          value={added}
          onChange={(event) => setAdded(event.target.value)}
        />
      </form>
      <DialogActions>
        <Button onClick={onClose}>{texts.common.cancel}</Button>
        <Button tone="main" type="submit" form={form} busy={save.isPending}>
          {texts.common.save}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
