import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ArrowLeft, Ban, UserRoundX } from 'lucide-react';
import { body, useApi } from '@/api/client';
import { rows } from '@/api/pages';
import { Problem } from '@/api/problem';
import { keys } from '@/api/queries';
import type { Creator } from '@/api/types';
import { cachedCard } from '@/contacts/contactsCache';
import { useLiveEvent } from '@/live/live';
import { isolated } from '@/members/names';
import { useBlocks } from '@/safety/useBlocks';
import { creatorsTexts } from '@/texts/creators';
import { safetyTexts } from '@/texts/safety';
import { texts } from '@/texts/texts';
import { Button, ButtonLink } from '@/ui/Button';
import { Notice, ProblemNotice } from '@/ui/Notice';
import { canGoBack, useMatch } from '@/ui/router';
import { useTitle } from '@/ui/title';
import styles from './CreatorPage.module.css';
import { CreatorProfile, ProfileSkeleton } from './CreatorProfile';

const said = creatorsTexts;

/** A member's profile, and the actions on it. */
export function CreatorPage() {
  const { id = '' } = useMatch('/creators/:id') ?? {};
  const creator = useCreator(id);
  const gone = creator.isError && Problem.from(creator.error).status === 404;
  // The API does not tell a member whom they block from one who is not there.
  const blocks = useBlocks(gone);
  const blocked = gone ? rows(blocks.data).find(({ member }) => member.id === id)?.member : undefined;
  useTitle(blocked ? safetyTexts.blocked(blocked.displayName) : gone ? said.notFound : (creator.data?.displayName ?? said.profile));
  return (
    <div className={styles.page}>
      <div className={styles.back}>
        <BackLink to="/" name={texts.pages.explore} />
      </div>
      {creator.isPending && <ProfileSkeleton />}
      {blocked && (
        <>
          <h1 className="visually-hidden">{safetyTexts.blocked(isolated(blocked.displayName))}</h1>
          <Notice
            icon={Ban}
            title={safetyTexts.youBlock(isolated(blocked.displayName))}
            action={<ButtonLink to="/blocked">{safetyTexts.showBlocked}</ButtonLink>}
          >
            <p>{safetyTexts.youBlockMeans}</p>
          </Notice>
        </>
      )}
      {gone && !blocked && !blocks.isLoading && (
        <>
          <h1 className="visually-hidden">{said.notFound}</h1>
          <Notice icon={UserRoundX} title={said.notFoundHere} action={<ButtonLink to="/">{texts.common.exploreCreators}</ButtonLink>}>
            <p>{said.notFoundWhy}</p>
          </Notice>
        </>
      )}
      {creator.isError && !gone && !creator.data && <ProblemNotice error={creator.error} retry={() => void creator.refetch()} />}
      {creator.data && !gone && <CreatorProfile creator={creator.data} whole={!creator.isPlaceholderData} />}
    </div>
  );
}

/** Goes back within the product; links to `to` if the member came from outside. */
function BackLink({ to, name }: { readonly to: string; readonly name: string }) {
  return canGoBack() ? (
    <Button tone="quiet" size="small" icon={ArrowLeft} onClick={() => window.history.back()}>
      {said.back}
    </Button>
  ) : (
    <ButtonLink to={to} tone="quiet" size="small" icon={ArrowLeft}>
      {name}
    </ButtonLink>
  );
}

/** A member's profile. Until it is read, their card stands in for it. */
function useCreator(id: string) {
  const api = useApi();
  const cache = useQueryClient();
  const creator = useQuery<Creator>({
    queryKey: keys.creator(id),
    queryFn: async ({ signal }) => body(await api.calls.GET('/api/creators/{id}', { params: { path: { id } }, signal })),
    placeholderData: (): Creator | undefined => {
      const card = cachedCard(cache, id);
      return card && { ...card, kind: 'creator', tags: [], listed: true };
    },
  });
  useLiveEvent((event) => {
    // An invite can make a hidden profile visible.
    if (event.type === 'connection.changed' && event.contact.other.id === id && creator.isError) {
      void creator.refetch();
    }
  });
  return creator;
}
