import { ChevronDown } from 'lucide-react';
import { type ReactNode, useId, useRef, useState } from 'react';
import { language, texts } from '@/texts/texts';
import styles from './Disclosure.module.css';

interface DisclosureProps {
  readonly label: string;
  /** How many values are selected in it. */
  readonly chosen?: number;
  /** Rendered from the first opening on. */
  readonly children: ReactNode;
}

/** A button that opens a panel for occasional choices. The panel closes when the member presses or tabs elsewhere. */
export function Disclosure({ label, chosen = 0, children }: DisclosureProps) {
  const id = useId();
  const panel = useRef<HTMLDivElement>(null);
  const [opened, setOpened] = useState(false);
  return (
    // Not a control: it only observes that the focus leaves.
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      className={styles.disclosure}
      onBlur={({ currentTarget, relatedTarget }) => {
        // Without a related target, the press was inside the panel or the window lost the focus.
        if (relatedTarget && !currentTarget.contains(relatedTarget)) {
          panel.current?.hidePopover();
        }
      }}
    >
      <button type="button" className={styles.button} popoverTarget={id} data-chosen={chosen > 0 || undefined}>
        <span>{label}</span>
        {chosen > 0 && (
          <span className={styles.count}>
            <span aria-hidden="true">{chosen.toLocaleString(language)}</span>
            <span className="visually-hidden">{texts.ui.chosen(chosen)}</span>
          </span>
        )}
        <ChevronDown size={16} aria-hidden="true" />
      </button>
      <div
        id={id}
        ref={panel}
        popover="auto"
        className={styles.panel}
        role="group"
        aria-label={label}
        onBeforeToggle={() => setOpened(true)}
      >
        {opened && children}
      </div>
    </div>
  );
}
