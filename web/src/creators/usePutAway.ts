import { useMutation, useQueryClient } from '@tanstack/react-query';
import { outlivesPage, useApi } from '@/api/client';
import { Problem } from '@/api/problem';
import { keys, pauseReads } from '@/api/queries';
import type { CallersCard } from '@/api/types';
import { isolated } from '@/members/names';
import { useMe } from '@/members/useMe';
import { texts } from '@/texts/texts';
import { useToasts } from '@/ui/toasts';
import { readAfterPutAway, showPutAway, tellOtherWindows } from './favouritesCache';

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
  const { id: memberId } = useMe();
  const { mutate } = useMutation<unknown, Error, PutAway, () => void>({
    // Quick presses reach the server in order.
    scope: { id: 'put away' },
    mutationFn: ({ creator: { id: creatorId }, away }) => {
      const call = { params: { path: { creatorId } }, ...outlivesPage };
      return away ? api.calls.PUT('/api/dismissed/{creatorId}', call) : api.calls.DELETE('/api/dismissed/{creatorId}', call);
    },
    onMutate: ({ creator, away }) => {
      const resumeReads = pauseReads(cache, [...keys.cards, keys.creator(creator.id)]);
      showPutAway(cache, creator, away);
      return resumeReads;
    },
    onSuccess: (_answer, { creator, away }) => {
      tellOtherWindows({ memberId, creator, away });
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
      readAfterPutAway(cache, away && !error);
    },
  });
  return mutate;
}
