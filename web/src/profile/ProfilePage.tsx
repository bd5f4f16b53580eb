import { useOwnProfile } from '../members/useMe';
import { ButtonLink } from '../ui/ButtonLink';
import { Page } from '../ui/Page';
import { ProfileForm } from './ProfileForm';

/** The member's own profile, to be edited beside the card that others see. */
export function ProfilePage() {
  const own = useOwnProfile();
  // The page is only for a member whose profile has been read.
  return own.data ? (
    <Page
      title="Your profile"
      intro="Nothing of it is secret: it is how others see you."
      width="wide"
      actions={<ButtonLink to={`/creators/${encodeURIComponent(own.data.profile.id)}`}>As others see it</ButtonLink>}
    >
      <ProfileForm own={own.data} reload={() => void own.refetch()} />
    </Page>
  ) : null;
}
