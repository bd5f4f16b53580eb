import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Heart } from 'lucide-react';
import { outlivesPage, useApi } from '@/api/client';
import { Problem } from '@/api/problem';
import { keys, pauseReads } from '@/api/queries';
import type { CallersCard } from '@/api/types';
import { isolated } from '@/members/names';
import { useMe } from '@/members/useMe';
import { texts } from '@/texts/texts';
import { IconButton } from '@/ui/IconButton';
import { useToasts } from '@/ui/toasts';
import styles from './FavouriteButton.module.css';
import { showFavourite, tellOtherWindows } from './favouritesCache';

const said = texts.creators;

/** The heart: marks a creator as a favourite. Only the member sees it. */
export function FavouriteButton({ creator }: { readonly creator: CallersCard }) {
  const { displayName, favourite } = creator;
  const mark = useFavourite(creator);
  return (
    <IconButton
      icon={Heart}
      label={said.favouriteOf(isolated(displayName))}
      aria-pressed={favourite}
      filled={favourite}
      className={styles.heart}
      onClick={() => mark.mutate(!favourite)}
    />
  );
}

/** Adds or removes a favourite. Shown at once, and undone with the reason if the server refuses. */
function useFavourite(creator: CallersCard) {
  const api = useApi();
  const cache = useQueryClient();
  const toasts = useToasts();
  const me = useMe();
  return useMutation<unknown, Error, boolean, () => void>({
    // Quick presses reach the server in order.
    scope: { id: `favourite ${creator.id}` },
    mutationFn: (favourite) => {
      const { mark } = creator;
      const call = { params: { path: { creatorId: creator.id } }, ...outlivesPage };
      return favourite
        ? // A mark that was taken away and is put back has the note that it had.
          api.calls.PUT('/api/favourites/{creatorId}', { ...call, ...(mark && { body: { note: mark.note ?? null, lists: mark.lists } }) })
        : api.calls.DELETE('/api/favourites/{creatorId}', call);
    },
    onMutate: (favourite) => {
      const resumeReads = pauseReads(cache, [...keys.cards, keys.creator(creator.id)]);
      showFavourite(cache, creator, favourite);
      return resumeReads;
    },
    onSuccess: (_answer, favourite) => {
      tellOtherWindows({ memberId: me.id, creator, favourite });
      void cache.invalidateQueries({ queryKey: keys.favouriteLists });
    },
    onError: (error, favourite) => {
      showFavourite(cache, creator, !favourite);
      toasts.refuse((favourite ? said.notMarked : said.notUnmarked)(isolated(creator.displayName)), Problem.from(error).detail);
    },
    onSettled: (_answer, _error, _favourite, resumeReads) => resumeReads?.(),
  });
}
