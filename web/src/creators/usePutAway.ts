import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query';
import { useApi } from '@/api/client';
import { type Pages, withFirst, withoutRows } from '@/api/pages';
import { Problem } from '@/api/problem';
import { keys, pauseReads } from '@/api/queries';
import type { CallersCard, Creator } from '@/api/types';
import { forEachCard } from '@/contacts/contactsCache';
import { isolated } from '@/members/names';
import { texts } from '@/texts/texts';
import { useToasts } from '@/ui/toasts';

const said = texts.creators;

interface PutAway {
  readonly creator: CallersCard;
  readonly away: boolean;
}

/**
 * Puts a creator away, so that the member's searches leave them out, or takes them back. Shown at once, and undone with the reason if the
 * server refuses.
 */
export function usePutAway(): (change: PutAway) => void {
  const api = useApi();
  const cache = useQueryClient();
  const toasts = useToasts();
  const { mutate } = useMutation<unknown, Error, PutAway, () => void>({
    // Quick presses reach the server in order.
    scope: { id: 'put away' },
    mutationFn: ({ creator: { id: creatorId }, away }) => {
      const params = { path: { creatorId } };
      return away ? api.calls.PUT('/api/dismissed/{creatorId}', { params }) : api.calls.DELETE('/api/dismissed/{creatorId}', { params });
    },
    onMutate: ({ creator, away }) => {
      const resumeReads = pauseReads(cache, [...keys.cards, keys.creator(creator.id)]);
      showPutAway(cache, creator, away);
      return resumeReads;
    },
    onSuccess: (_answer, { creator, away }) => {
      const name = isolated(creator.displayName);
      if (away) {
        toasts.done(said.awayDone(name), said.awayMeans, { label: texts.contacts.undo, run: () => mutate({ creator, away: false }) });
      } else {
        toasts.done(said.takenBack(name));
      }
    },
    onError: (error, { creator, away }) => {
      showPutAway(cache, creator, !away);
      toasts.refuse((away ? said.notAway : said.notTakenBack)(isolated(creator.displayName)), Problem.from(error).detail);
    },
    onSettled: (_answer, error, { away }, resumeReads) => {
      resumeReads?.();
      void cache.invalidateQueries({ queryKey: keys.allFacets });
      // Where a creator belongs among the others, only the server knows.
      if (!away || error) {
        void cache.invalidateQueries({ queryKey: keys.allCreators });
      }
    },
  });
  return mutate;
}

/** Updates whether a creator is put away, everywhere. One who is leaves the results of all searches. */
export function showPutAway(cache: QueryClient, creator: CallersCard, away: boolean): void {
  const isIt = ({ id }: CallersCard) => id === creator.id;
  const change = <T extends CallersCard | Creator>(card: T): T => {
    const { dismissed, ...others } = card;
    return (dismissed === true) === away ? card : ({ ...others, ...(away && { dismissed: true }) } as T);
  };
  forEachCard(cache, (card) => (isIt(card) ? change(card) : card));
  cache.setQueryData<Creator>(keys.creator(creator.id), (shown) => shown && change(shown));
  if (away) {
    cache.setQueriesData<Pages<CallersCard>>({ queryKey: keys.allCreators }, (pages) => pages && withoutRows(pages, isIt));
  }

  cache.setQueryData<Pages<CallersCard>>(keys.dismissed, (pages) => {
    const others = pages && withoutRows(pages, isIt);
    return others && away ? withFirst(others, change(creator)) : others;
  });
}
