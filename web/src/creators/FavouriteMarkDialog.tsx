import type { CallersCard } from '@/api/types';
import { formatList, isolated } from '@/members/names';
import { creatorsTexts } from '@/texts/creators';
import { texts } from '@/texts/texts';
import { Button } from '@/ui/Button';
import { Dialog, DialogActions } from '@/ui/Dialog';
import { charactersIn, TextArea, TextField } from '@/ui/Field';
import { Refusal } from '@/ui/Notice';
import styles from './FavouriteMark.module.css';
import { useFavouriteLists } from './useFavouriteLists';
import { type Kept, type MarkForm, useMarkForm } from './useMarkForm';

const said = creatorsTexts;

// The API's most.
const maxNote = 1_000;
const maxLists = 20;
const maxListName = 60;

/** Writes a note on a favourite, and puts it in lists. */
export function FavouriteMarkDialog({ creator, onClose }: { readonly creator: CallersCard; readonly onClose: () => void }) {
  const form = useMarkForm(creator, onClose);
  const known = useFavouriteLists().data?.map(({ name }) => name) ?? [];
  const { draft, edit, problem, isOutdated } = form;
  const { note, lists, added } = draft;
  const isTooLong = charactersIn(note) > maxNote;
  const name = added.trim();
  const wrongLists =
    charactersIn(name) > maxListName
      ? said.listTooLong(maxListName)
      : lists.length + (name === '' ? 0 : 1) > maxLists
        ? said.listsTooMany(maxLists)
        : undefined;
  const names = [...new Set([...known, ...lists])];
  return (
    <Dialog title={said.markOf(isolated(creator.displayName))} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!isTooLong && wrongLists === undefined && !isOutdated) {
            form.save();
          }
        }}
      >
        <p className="hint">{said.markHint}</p>
        <TextArea
          label={said.note}
          limit={maxNote}
          value={note}
          dir="auto"
          data-first
          onChange={(event) => edit({ note: event.target.value })}
          error={isTooLong ? said.noteTooLong : undefined}
        />
        {names.length > 0 && (
          <fieldset className={styles.group}>
            <legend>{said.lists}</legend>
            <div className={styles.choices}>
              {names.map((name) => (
                <label key={name} className={styles.choice}>
                  <input
                    type="checkbox"
                    checked={lists.includes(name)}
                    onChange={() => edit({ lists: lists.includes(name) ? lists.filter((one) => one !== name) : [...lists, name] })}
                  />
                  <bdi>{name}</bdi>
                </label>
              ))}
            </div>
          </fieldset>
        )}
        <TextField
          label={said.listNew}
          limit={maxListName}
          placeholder={said.listExample}
          value={added}
          dir="auto"
          error={wrongLists}
          onChange={(event) => edit({ added: event.target.value })}
        />
        {isOutdated ? <SavedElsewhere form={form} /> : <Refusal problem={problem} />}
        <DialogActions>
          <Button
            onClick={() => {
              form.discard();
              onClose();
            }}
          >
            {texts.common.cancel}
          </Button>
          {!isOutdated && (
            <Button tone="main" type="submit" busy={form.isSaving}>
              {texts.common.save}
            </Button>
          )}
        </DialogActions>
      </form>
    </Dialog>
  );
}

/** Says what was saved elsewhere meanwhile, so that neither version is lost by accident. */
function SavedElsewhere({ form }: { readonly form: MarkForm }) {
  return (
    <div role="alert" className={styles.elsewhere}>
      <h3>{said.markElsewhere}</h3>
      <SavedMark saved={form.saved} />
      <div className={styles.actions}>
        <Button tone="main" onClick={form.keepMine}>
          {said.markKeep}
        </Button>
        <Button onClick={form.discard}>{said.markTake}</Button>
      </div>
    </div>
  );
}

function SavedMark({ saved: { note, lists } }: { readonly saved: Kept }) {
  return (
    <>
      {note !== '' && (
        <p dir="auto" className={styles.note}>
          {note}
        </p>
      )}
      {lists.length > 0 && <p>{said.markLists(formatList(lists.map(isolated)))}</p>}
      {note === '' && lists.length === 0 && <p>{said.markNothing}</p>}
    </>
  );
}
