import { Clock, Inbox } from 'lucide-react';
import type { Direction } from '../api/types';
import { useMe } from '../members/useMe';
import { ButtonLink } from '../ui/ButtonLink';
import { Notice } from '../ui/Notice';

/** What a side of the pending page says when there is nothing on it. */
export function NoInvites({ direction }: { readonly direction: Direction }) {
  const me = useMe();
  const explore = (
    <ButtonLink to="/" tone="main">
      Explore creators
    </ButtonLink>
  );
  if (direction === 'sent') {
    return (
      <Notice icon={Clock} title="You have invited nobody lately" action={explore}>
        <p>Press + on a creator to invite them. Until they answer, the invite waits here, and you can take it back.</p>
      </Notice>
    );
  }

  if (me.kind === 'brand') {
    return (
      <Notice icon={Inbox} title="Invites go to creators" action={explore}>
        <p>As a brand you invite. Find creators whom you like, and press + to connect.</p>
      </Notice>
    );
  }

  return me.listed ? (
    <Notice icon={Inbox} title="Nobody has invited you lately" action={<ButtonLink to="/profile">Look over your profile</ButtonLink>}>
      <p>
        Brands and creators find you by your profile: by what you publish about, where, and your own words. You get an email when somebody
        invites you.
      </p>
    </Notice>
  ) : (
    <Notice
      icon={Inbox}
      title="Nobody can find you yet"
      action={
        <ButtonLink to="/profile" tone="main">
          Complete your profile
        </ButtonLink>
      }
    >
      <p>Your profile is not listed. List it, and brands and creators can find and invite you.</p>
    </Notice>
  );
}
