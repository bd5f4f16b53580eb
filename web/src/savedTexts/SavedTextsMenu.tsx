import { BookMarked, NotebookPen, Settings2, TextInitial } from 'lucide-react';
import { useState } from 'react';
import { createPortal } from 'react-dom';
import { savedTexts as said } from '@/texts/savedTexts';
import { IconButton } from '@/ui/IconButton';
import { Menu, MenuItem } from '@/ui/Menu';
import { SavedTextsDialog } from './SavedTextsDialog';
import styles from './SavedTexts.module.css';
import { labelOf, mostTexts, useSavedTexts } from './useSavedTexts';

interface SavedTextsMenuProps {
  /** What is typed in the field so far. */
  readonly typed: string;
  readonly onInsert: (text: string) => void;
}

/** A menu of the texts that the member has saved, for a field. */
export function SavedTextsMenu({ typed, onInsert }: SavedTextsMenuProps) {
  const [isOpened, setIsOpened] = useState(false);
  const [shown, setShown] = useState<{ readonly text?: string }>();
  const saved = useSavedTexts(isOpened);
  const texts = saved.data?.texts ?? [];
  return (
    <>
      <Menu trigger={(opens) => <IconButton label={said.title} icon={BookMarked} onClick={() => setIsOpened(true)} {...opens} />}>
        {isOpened && (
          <>
            {texts.map((one, i) => (
              <MenuItem key={i} icon={TextInitial} onSelect={() => onInsert(one.text)}>
                <span className={styles.label} dir="auto">
                  {labelOf(one)}
                </span>
              </MenuItem>
            ))}
            {texts.length === 0 && (
              <li className={styles.none}>{saved.isPending ? said.loading : saved.isError ? said.notLoaded : said.none}</li>
            )}
            {typed.trim() !== '' && texts.length < mostTexts && (
              <MenuItem icon={NotebookPen} onSelect={() => setShown({ text: typed.trim() })}>
                {said.saveTyped}
              </MenuItem>
            )}
            <MenuItem icon={Settings2} onSelect={() => setShown({})}>
              {said.manage}
            </MenuItem>
          </>
        )}
      </Menu>
      {/* Not within the form of the field, because it has a form of its own. */}
      {shown && createPortal(<SavedTextsDialog adding={shown.text} onClose={() => setShown(undefined)} />, document.body)}
    </>
  );
}
