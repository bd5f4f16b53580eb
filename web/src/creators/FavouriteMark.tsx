import { StickyNote } from 'lucide-react';
import { useState } from 'react';
import type { CallersCard } from '@/api/types';
import { isolated } from '@/members/names';
import { creatorsTexts } from '@/texts/creators';
import { Button } from '@/ui/Button';
import { Tag } from '@/ui/Tag';
import styles from './FavouriteMark.module.css';
import { FavouriteMarkDialog } from './FavouriteMarkDialog';

const said = creatorsTexts;

/** The member's own note on a favourite and the lists that it is in, with the button that changes them. */
export function FavouriteMark({ creator }: { readonly creator: CallersCard }) {
  const [open, setOpen] = useState(false);
  const { note, lists = [] } = creator.mark ?? {};
  return (
    <div className={styles.mark}>
      {note !== undefined && (
        <p dir="auto" className={styles.note}>
          {note}
        </p>
      )}
      {lists.length > 0 && (
        <ul className={styles.lists} aria-label={said.lists}>
          {lists.map((list) => (
            <li key={list}>
              <Tag tone="accent">{list}</Tag>
            </li>
          ))}
        </ul>
      )}
      <Button
        size="small"
        tone="quiet"
        icon={StickyNote}
        aria-label={said.markOf(isolated(creator.displayName))}
        onClick={() => setOpen(true)}
      >
        {said.mark}
      </Button>
      {open && <FavouriteMarkDialog creator={creator} onClose={() => setOpen(false)} />}
    </div>
  );
}
