import type { ReactNode } from 'react';
import styles from './ToggleChip.module.css';

interface ToggleChipProps {
  readonly isOn: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

/** A choice that is on or off, as a small round button. */
export function ToggleChip({ isOn, onClick, children }: ToggleChipProps) {
  return (
    <button type="button" className={styles.chip} aria-pressed={isOn} onClick={onClick}>
      {children}
    </button>
  );
}
