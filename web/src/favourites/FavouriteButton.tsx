import { Heart } from 'lucide-react';
import type { CallersCard } from '../api/types';
import { IconButton } from '../ui/IconButton';
import styles from './FavouriteButton.module.css';
import { useFavourite } from './useFavourite';

/** The heart: marks a creator as a favourite, which only the member sees. */
export function FavouriteButton({ creator }: { readonly creator: CallersCard }) {
  const { displayName, favourite } = creator;
  const mark = useFavourite(creator);
  return (
    <IconButton
      icon={Heart}
      label={`Favourite: ${displayName}`}
      aria-pressed={favourite}
      filled={favourite}
      className={styles.heart}
      onClick={() => mark.mutate(!favourite)}
    />
  );
}
