import { ChevronDown } from 'lucide-react';
import { type ReactNode, useId, useRef } from 'react';
import styles from './Disclosure.module.css';

interface DisclosureProps {
  readonly label: string;
  /** How many things are chosen in it. */
  readonly chosen?: number;
  readonly children: ReactNode;
}

/** A form behind a button, for what is chosen now and then: it opens beside the button and goes when one presses or tabs elsewhere. */
export function Disclosure({ label, chosen = 0, children }: DisclosureProps) {
  const id = useId();
  const panel = useRef<HTMLDivElement>(null);
  return (
    // Nothing to press: it only sees the focus leave.
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      className={styles.disclosure}
      onBlur={({ currentTarget, relatedTarget }) => {
        // Without a new place for the focus, one has pressed beside something in it, or has gone to another window.
        if (relatedTarget && !currentTarget.contains(relatedTarget)) {
          panel.current?.hidePopover();
        }
      }}
    >
      <button type="button" className={styles.button} popoverTarget={id} data-chosen={chosen > 0 || undefined}>
        {label}
        {chosen > 0 && (
          <span className={styles.count}>
            {chosen}
            <span className="visually-hidden"> chosen</span>
          </span>
        )}
        <ChevronDown size={16} aria-hidden="true" />
      </button>
      <div id={id} ref={panel} popover="auto" className={styles.panel} role="group" aria-label={label}>
        {children}
      </div>
    </div>
  );
}
