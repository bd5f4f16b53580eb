import { ChevronDown } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import styles from './SheetSection.module.css';

/** One filter in the sheet, unfolded where something is chosen in it. */
export function SheetSection({ name, chosen, children }: { readonly name: string; readonly chosen: number; readonly children: ReactNode }) {
  // Only at first: taking the last value out must not fold it under one's finger.
  const [openAtFirst] = useState(chosen > 0);
  return (
    <details className={styles.section} open={openAtFirst}>
      <summary>
        <span>{name}</span>
        {chosen > 0 && <span className={styles.chosen}>{chosen} chosen</span>}
        <ChevronDown size={18} aria-hidden="true" />
      </summary>
      <div className={styles.inside}>{children}</div>
    </details>
  );
}
