import { messengerTexts as said } from '@/texts/messenger';
import { ToggleChip } from '@/ui/ToggleChip';
import styles from './InboxViews.module.css';
import type { InboxView } from './inbox';

const views: readonly InboxView[] = ['inbox', 'unread', 'archived'];

interface InboxViewsProps {
  readonly view: InboxView;
  readonly onChange: (view: InboxView) => void;
}

/** Chooses which conversations the list shows. */
export function InboxViews({ view, onChange }: InboxViewsProps) {
  return (
    <div role="group" aria-label={said.views} className={styles.views}>
      {views.map((one) => (
        <ToggleChip key={one} isOn={view === one} onClick={() => onChange(one)}>
          {said.viewOf[one]}
        </ToggleChip>
      ))}
    </div>
  );
}
