import { Link } from 'react-router';
import type { CallersCard } from '../api/types';
import { RelationButton } from '../connections/RelationButton';
import { FavouriteButton } from '../favourites/FavouriteButton';
import { useMe } from '../members/useMe';
import { Tag } from '../ui/Tag';
import { CardFace } from './CardFace';
import styles from './CreatorCard.module.css';
import { Reach } from './Reach';

/** A creator at a glance, with the heart and the button for what is between the two. All of the card leads to the profile. */
export function CreatorCard({ card }: { readonly card: CallersCard }) {
  const isMe = useMe().id === card.id;
  return (
    <article className={styles.card} data-leads>
      <CardFace card={card} name={<Link to={`/creators/${encodeURIComponent(card.id)}`}>{card.displayName}</Link>} />
      <footer className={styles.foot}>
        <Reach of={card} />
        {isMe ? (
          <Tag tone="accent">You</Tag>
        ) : (
          <span className={styles.actions}>
            <FavouriteButton creator={card} />
            <RelationButton member={card} relation={card.relation} />
          </span>
        )}
      </footer>
    </article>
  );
}
