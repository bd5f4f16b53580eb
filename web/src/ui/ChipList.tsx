import { X } from 'lucide-react';
import { texts } from '@/texts/texts';
import styles from './ChipList.module.css';

interface ChipListProps {
  /** The label of the list. */
  readonly label: string;
  readonly chips: readonly { readonly value: string; readonly name: string }[];
  readonly onRemove: (value: string) => void;
}

/** Selected values, each with a button that removes it. */
export function ChipList({ label, chips, onRemove }: ChipListProps) {
  return (
    <ul role="list" className={styles.chips} aria-label={label}>
      {chips.map(({ value, name }) => (
        <li key={value} className={styles.chip} data-row>
          <bdi>{name}</bdi>
          <button
            type="button"
            className={styles.remove}
            aria-label={texts.ui.remove(name)}
            title={texts.ui.remove(name)}
            onClick={() => onRemove(value)}
          >
            <X size={16} aria-hidden="true" />
          </button>
        </li>
      ))}
    </ul>
  );
}
