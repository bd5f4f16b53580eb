import { Dialog } from '@/ui/Dialog';
import { Switch } from '@/ui/Switch';
import styles from './ShortcutsDialog.module.css';

const keys: readonly (readonly [string, string])[] = [
  ['Ctrl K or /', 'Go to the search'],
  ['?', 'Show these keys'],
  ['Escape', 'Close a dialog, a menu or the conversation'],
  ['↑ ↓', 'Move between conversations, and between messages'],
  ['↑ in an empty message', 'Edit your last message'],
  ['Enter', 'Send a message'],
  ['Shift Enter', 'Start a new line'],
];

interface ShortcutsDialogProps {
  /** Whether the keys without Ctrl work. */
  readonly single: boolean;
  readonly onSingle: (on: boolean) => void;
  readonly onClose: () => void;
}

/** The dialog that lists the keys. */
export function ShortcutsDialog({ single, onSingle, onClose }: ShortcutsDialogProps) {
  return (
    <Dialog title="Keys" onClose={onClose}>
      <dl className={styles.keys}>
        {keys.map(([key, does]) => (
          <div key={key} style={{ display: 'contents' }}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <Switch label="Single keys" description="The keys / and ? work outside of text fields." checked={single} onChange={onSingle} />
    </Dialog>
  );
}
