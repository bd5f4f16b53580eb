import { useMutation, useQuery } from '@tanstack/react-query';
import { body, useApi } from '@/api/client';
import { Problem } from '@/api/problem';
import { keys } from '@/api/queries';
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
