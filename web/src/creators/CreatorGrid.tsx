import type { CallersCard } from '@/api/types';
import { CardSkeleton, CreatorCard } from './CreatorCard';
import styles from './CreatorGrid.module.css';

interface CreatorGridProps {
  readonly label: string;
  readonly cards: readonly CallersCard[];
  /** Whether these are the results of the previous search while the new one loads. */
  readonly old?: boolean;
}

/** A responsive grid of cards. */
export function CreatorGrid({ label, cards, old = false }: CreatorGridProps) {
  // A creator who moves up between two page reads is on both pages.
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

export function GridSkeleton() {
  return (
    <div className={styles.grid} aria-hidden="true">
      {Array.from({ length: 12 }, (_, i) => (
        <CardSkeleton key={i} />
      ))}
    </div>
  );
}
