import { texts } from '@/texts/texts';
import { Dialog } from '@/ui/Dialog';
import { Switch } from '@/ui/Switch';
import styles from './ShortcutsDialog.module.css';

interface ShortcutsDialogProps {
  /** Whether the keys without Ctrl work. */
  readonly single: boolean;
  readonly onSingle: (on: boolean) => void;
  readonly onClose: () => void;
}

/** The dialog that lists the keys. */
export function ShortcutsDialog({ single, onSingle, onClose }: ShortcutsDialogProps) {
  return (
    <Dialog title={texts.shortcuts.title} onClose={onClose}>
      <dl className={styles.keys}>
        {Object.values(texts.shortcuts.keys).map(({ keys, does }) => (
          <div key={keys} style={{ display: 'contents' }}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <Switch label={texts.shortcuts.single} description={texts.shortcuts.singleHint} checked={single} onChange={onSingle} />
    </Dialog>
  );
}
