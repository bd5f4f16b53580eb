import { Pencil, Plus, Trash2 } from 'lucide-react';
import { type SubmitEvent, useState } from 'react';
import { Problem } from '@/api/problem';
import type { SavedText } from '@/api/types';
import { useLimits } from '@/session/useSession';
import { savedTexts as said } from '@/texts/savedTexts';
import { texts } from '@/texts/texts';
import { Button } from '@/ui/Button';
import { Dialog, DialogActions } from '@/ui/Dialog';
import { charactersIn, TextArea, TextField } from '@/ui/Field';
import { useKeepFocus } from '@/ui/focus';
import { IconButton } from '@/ui/IconButton';
import { ProblemNotice } from '@/ui/Notice';
import styles from './SavedTexts.module.css';
import {
  labelOf,
  longestName,
  mostTexts,
  type SavedTextsChange,
  useChangeSavedTexts,
  useSavedTexts,
  withoutText,
  withText,
} from './useSavedTexts';

interface SavedTextsDialogProps {
  /** The text to add at once; undefined to show what is saved. */
  readonly adding: string | undefined;
  readonly onClose: () => void;
}

/** What is being edited: a saved text, or a new one. */
interface Draft {
  readonly instead?: SavedText;
  readonly name: string;
  readonly text: string;
}

/** The texts that the member has saved: to add, change and delete. */
export function SavedTextsDialog({ adding, onClose }: SavedTextsDialogProps) {
  const saved = useSavedTexts(true);
  const { mutate, isPending, error, reset } = useChangeSavedTexts();
  const [draft, setDraft] = useState<Draft | undefined>(adding === undefined ? undefined : { name: '', text: adding });
  const [deleted, setDeleted] = useState<SavedText>();
  const all = saved.data?.texts ?? [];
  const change = (how: SavedTextsChange, then: () => void) => mutate(how, { onSuccess: then });
  const edit = (next: Draft | undefined) => {
    reset();
    setDeleted(undefined);
    setDraft(next);
  };
  // Each of the two is a dialog of its own for the keyboard, which begins at the first field, or at the button for another text.
  const which = draft === undefined ? 'list' : 'form';
  // What is deleted goes with the button that has the focus, and so does the way to undo it.
  const keepFocus = useKeepFocus<HTMLDivElement>(`${all.length} ${deleted !== undefined}`);
  return (
    <Dialog key={which} title={draft === undefined ? said.title : draft.instead ? said.change : said.add} onClose={onClose}>
      {draft ? (
        <TextForm
          key={draft.instead?.text ?? ''}
          draft={draft}
          busy={isPending}
          problem={error === null ? undefined : Problem.from(error).detail}
          onSave={(text) => change(withText(text, draft.instead), () => (adding === undefined ? edit(undefined) : onClose()))}
          onCancel={() => (adding === undefined ? edit(undefined) : onClose())}
        />
      ) : (
        <div {...keepFocus}>
          <p className="hint">{said.intro(mostTexts)}</p>
          {saved.isError && !saved.data && <ProblemNotice error={saved.error} retry={() => void saved.refetch()} />}
          {saved.isSuccess && all.length === 0 && <p className={styles.none}>{said.none}</p>}
          <ul className={styles.list}>
            {all.map((one, i) => (
              <li key={i} className={styles.row}>
                <span className={styles.words} dir="auto">
                  {one.name !== undefined && <strong className={styles.label}>{one.name}</strong>}
                  <span className={styles.text}>{one.text}</span>
                </span>
                <IconButton
                  label={said.changeOf(labelOf(one))}
                  icon={Pencil}
                  size="small"
                  onClick={() => edit({ instead: one, name: one.name ?? '', text: one.text })}
                />
                <IconButton
                  label={said.deleteOf(labelOf(one))}
                  icon={Trash2}
                  size="small"
                  onClick={() => !isPending && change(withoutText(one), () => setDeleted(one))}
                />
              </li>
            ))}
          </ul>
          <p role="status" className={styles.status}>
            {deleted && <span>{said.deleted(labelOf(deleted))}</span>}
            {error !== null && <span className="field-error">{Problem.from(error).detail}</span>}
          </p>
          <DialogActions>
            {deleted && <Button onClick={() => change(withText(deleted), () => setDeleted(undefined))}>{texts.contacts.undo}</Button>}
            <Button data-first icon={Plus} tone="main" disabled={all.length >= mostTexts} onClick={() => edit({ name: '', text: '' })}>
              {said.add}
            </Button>
          </DialogActions>
        </div>
      )}
    </Dialog>
  );
}

interface TextFormProps {
  readonly draft: Draft;
  readonly busy: boolean;
  readonly problem: string | undefined;
  readonly onSave: (text: SavedText) => void;
  readonly onCancel: () => void;
}

/** The form for one text. */
function TextForm({ draft, busy, problem, onSave, onCancel }: TextFormProps) {
  const [name, setName] = useState(draft.name);
  const [text, setText] = useState(draft.text);
  const [asked, setAsked] = useState(false);
  const { message: longest } = useLimits();
  const [nameLength, length] = [charactersIn(name), charactersIn(text)];
  const isValid = length > 0 && length <= longest && nameLength <= longestName;
  return (
    <form
      onSubmit={(event: SubmitEvent) => {
        event.preventDefault();
        // The form of the field that the menu is for hears of it too, because React's events follow its tree.
        event.stopPropagation();
        setAsked(true);
        if (isValid && !busy) {
          onSave({ ...(name.trim() !== '' && { name: name.trim() }), text: text.trim() });
        }
      }}
    >
      <TextField
        label={said.name}
        hint={said.nameHint}
        value={name}
        limit={longestName}
        dir="auto"
        error={nameLength > longestName ? texts.ui.tooMany(nameLength - longestName) : undefined}
        onChange={(event) => setName(event.target.value)}
      />
      <TextArea
        label={said.text}
        value={text}
        limit={longest}
        dir="auto"
        data-first
        rows={6}
        error={length > longest ? texts.ui.tooMany(length - longest) : asked && length === 0 ? said.textMissing : undefined}
        onChange={(event) => setText(event.target.value)}
      />
      {problem !== undefined && (
        <p role="alert" className="field-error">
          {problem}
        </p>
      )}
      <DialogActions>
        <Button onClick={onCancel}>{texts.common.cancel}</Button>
        <Button type="submit" tone="main" busy={busy}>
          {texts.common.save}
        </Button>
      </DialogActions>
    </form>
  );
}
