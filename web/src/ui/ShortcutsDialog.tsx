import { useState } from 'react';
import { texts } from '@/texts/texts';
import { Dialog } from './Dialog';
import { hasSingleKeys, setSingleKeys } from './keyboard';
import styles from './ShortcutsDialog.module.css';
import { Switch } from './Switch';

interface Key {
  readonly keys: string;
  readonly does: string;
}

interface ShortcutsDialogProps {
  /** The keys of the page, before those of every page. */
  readonly ofPage?: readonly Key[];
  readonly onClose: () => void;
}

/** The dialog that lists the keys. */
export function ShortcutsDialog({ ofPage = [], onClose }: ShortcutsDialogProps) {
  const [single, setSingle] = useState(hasSingleKeys);
  return (
    <Dialog title={texts.shortcuts.title} onClose={onClose}>
      <dl className={styles.keys}>
        {[...ofPage, ...Object.values(texts.shortcuts.keys)].map(({ keys, does }) => (
          <div key={keys} style={{ display: 'contents' }}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <Switch
        label={texts.shortcuts.single}
        description={texts.shortcuts.singleHint}
        checked={single}
        onChange={(on) => {
          setSingle(on);
          setSingleKeys(on);
        }}
      />
    </Dialog>
  );
}
