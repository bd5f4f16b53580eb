import type { Card } from '../api/types';
import { CardFace } from './CardFace';
import styles from './CreatorCard.module.css';
import { Reach } from './Reach';

/** A card as others will see it, with nothing on it to press. */
export function CardPreview({ card }: { readonly card: Card }) {
  return (
    <article className={styles.card}>
      <CardFace card={card} name={card.displayName} />
      <footer className={styles.foot}>
        <Reach of={card} />
      </footer>
    </article>
  );
}
