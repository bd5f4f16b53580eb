import type { Creator } from '../api/types';
import { RelationButton } from '../connections/RelationButton';
import { FavouriteButton } from '../favourites/FavouriteButton';
import { useMe } from '../members/useMe';
import { SafetyMenu } from '../safety/SafetyMenu';
import { ButtonLink } from '../ui/ButtonLink';
import styles from './ProfileActions.module.css';

/** What can be done about the member of a profile. */
export function ProfileActions({ creator }: { readonly creator: Creator }) {
  const { kind, listed, favourite, relation } = creator;
  if (useMe().id === creator.id) {
    return (
      <div className={styles.actions}>
        <ButtonLink to="/profile">Edit your profile</ButtonLink>
      </div>
    );
  }

  // Only a listed creator can be marked or invited; what stands already can always be taken back.
  const open = kind === 'creator' && listed;
  return (
    <div className={styles.actions}>
      {(open || relation.state !== 'none') && <RelationButton member={creator} relation={relation} words />}
      {(open || favourite) && <FavouriteButton creator={creator} />}
      <SafetyMenu member={creator} connectionId={relation.state === 'connected' ? relation.connectionId : undefined} />
    </div>
  );
}
