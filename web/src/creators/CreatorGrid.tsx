import type { CallersCard } from '@/api/types';
import { CardSkeleton, CreatorCard } from './CreatorCard';
import styles from './CreatorGrid.module.css';

interface CreatorGridProps {
  readonly label: string;
  readonly cards: readonly CallersCard[];
  /** They are of the search before; the new one is on its way. */
  readonly old?: boolean;
}

/** Cards beside and below each other, as many in a row as fit. */
export function CreatorGrid({ label, cards, old = false }: CreatorGridProps) {
  // Whoever rises in the order between two pages is on both.
  const each = [...new Map(cards.map((card) => [card.id, card])).values()];
  return (
    <ul className={styles.grid} aria-label={label} aria-busy={old || undefined}>
      {each.map((card) => (
        <li key={card.id}>
          <CreatorCard card={card} />
        </li>
      ))}
    </ul>
  );
}

/** The grid before its cards are there. */
export function GridSkeleton() {
  return (
    <div className={styles.grid} aria-hidden="true">
      {Array.from({ length: 12 }, (_, i) => (
        <CardSkeleton key={i} />
      ))}
    </div>
  );
}
