import { UserRoundX } from 'lucide-react';
import { useParams } from 'react-router';
import { Problem } from '../api/problem';
import { BackLink } from '../ui/BackLink';
import { ButtonLink } from '../ui/ButtonLink';
import { Notice } from '../ui/Notice';
import { ProblemNotice } from '../ui/ProblemNotice';
import { useTitle } from '../ui/useTitle';
import styles from './CreatorPage.module.css';
import { CreatorProfile } from './CreatorProfile';
import { ProfileSkeleton } from './ProfileSkeleton';
import { useCreator } from './useCreator';

/** Everything of a member's profile, and what can be done about them. */
export function CreatorPage() {
  const { id = '' } = useParams();
  const creator = useCreator(id);
  const gone = creator.isError && Problem.from(creator.error).status === 404;
  useTitle(gone ? 'Profile not found' : (creator.data?.displayName ?? 'Profile'));
  return (
    <div className={styles.page}>
      <div className={styles.back}>
        <BackLink to="/" name="Explore" />
      </div>
      {creator.isPending && <ProfileSkeleton />}
      {gone && (
        <>
          <h1 className="visually-hidden">Profile not found</h1>
          <Notice icon={UserRoundX} title="This profile is not here" action={<ButtonLink to="/">Explore creators</ButtonLink>}>
            <p>The link may be mistyped, or its member has taken the profile off the list.</p>
          </Notice>
        </>
      )}
      {creator.isError && !gone && !creator.data && <ProblemNotice error={creator.error} retry={() => void creator.refetch()} />}
      {creator.data && !gone && <CreatorProfile creator={creator.data} whole={!creator.isPlaceholderData} />}
    </div>
  );
}
