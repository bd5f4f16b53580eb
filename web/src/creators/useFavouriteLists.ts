import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { body, useApi } from '@/api/client';
import { Problem } from '@/api/problem';
import { keys } from '@/api/queries';
import type { CallersCard, Creator, FavouriteRequest } from '@/api/types';
import { forEachCard } from '@/contacts/contactsCache';
import { isolated } from '@/members/names';
import { creatorsTexts } from '@/texts/creators';
import { saveFile } from '@/ui/saveFile';
import { useToasts } from '@/ui/toasts';

const said = creatorsTexts;

/** The member's lists of favourites, by name, with how many are in each. */
export function useFavouriteLists() {
  const api = useApi();
  return useQuery({
    queryKey: keys.favouriteLists,
    queryFn: async ({ signal }) => body(await api.calls.GET('/api/favourite-lists', { signal })).value,
  });
}

/** Saves the note on a favourite and the lists that it is in. */
export function useMark(creator: CallersCard, onSaved: () => void) {
  const api = useApi();
  const cache = useQueryClient();
  const toasts = useToasts();
  return useMutation({
    mutationFn: async (request: FavouriteRequest) => {
      const params = { path: { creatorId: creator.id } };
      await api.calls.PUT('/api/favourites/{creatorId}', { params, body: request });
      // As it was taken: texts are trimmed, and lists are in order.
      return body(await api.calls.GET('/api/favourites/{creatorId}', { params }));
    },
    onSuccess: (mark) => {
      forEachCard(cache, (card) => (card.id === creator.id ? { ...card, favourite: true, mark } : card));
      cache.setQueryData<Creator>(keys.creator(creator.id), (shown) => shown && { ...shown, favourite: true, mark });
      void cache.invalidateQueries({ queryKey: keys.favouriteLists });
      onSaved();
    },
    onError: (error) => toasts.refuse(said.markNotSaved(isolated(creator.displayName)), Problem.from(error).detail),
  });
}

/** Downloads the favourites for a spreadsheet: all of them, or those in a list. */
export function useDownloadFavourites(list: string | undefined) {
  const api = useApi();
  const toasts = useToasts();
  return useMutation({
    mutationFn: async () => {
      const query = list === undefined ? '' : `?${new URLSearchParams({ list }).toString()}`;
      const response = await api.fetch(`/api/favourites.csv${query}`);
      return { name: 'connections-favourites.csv', content: await response.blob() };
    },
    onSuccess: saveFile,
    onError: (error) => toasts.refuse(said.notDownloaded, Problem.from(error).detail),
  });
}
