import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type Api, body, etagOf, ifMatch, useApi } from '@/api/client';
import { Problem } from '@/api/problem';
import { keys } from '@/api/queries';
import type { SavedText } from '@/api/types';

/** How many texts a member can save, and how long a name is. The service enforces both. */
export const mostTexts = 20;
export const longestName = 60;

interface Saved {
  readonly texts: readonly SavedText[];
  readonly etag: string | undefined;
}

async function read(api: Api, signal?: AbortSignal): Promise<Saved> {
  const answer = await api.calls.GET('/api/me/saved-texts', signal ? { signal } : {});
  return { texts: body(answer).value, etag: etagOf(answer) };
}

/** The texts that the member has saved. */
export function useSavedTexts(enabled: boolean) {
  const api = useApi();
  // Another window may have changed them.
  return useQuery({ queryKey: keys.savedTexts, queryFn: ({ signal }) => read(api, signal), enabled, staleTime: 5_000 });
}

/** A change of the list of all texts. It is made again if the texts were changed elsewhere meanwhile. */
export type SavedTextsChange = (now: readonly SavedText[]) => readonly SavedText[];

const attempts = 3;

/** Changes the saved texts. */
export function useChangeSavedTexts() {
  const api = useApi();
  const cache = useQueryClient();
  return useMutation<Saved, Error, SavedTextsChange>({
    // One call at a time, because each needs the ETag of the previous one.
    scope: { id: 'saved texts' },
    mutationFn: async (change) => {
      let known = cache.getQueryData<Saved>(keys.savedTexts) ?? (await read(api));
      for (let attempt = 1; ; attempt++) {
        try {
          const value = [...change(known.texts)];
          const answer = await api.calls.PUT('/api/me/saved-texts', { body: { value }, params: ifMatch(known.etag) });
          return { texts: body(answer).value, etag: etagOf(answer) };
        } catch (error) {
          if (Problem.from(error).status !== 412 || attempt === attempts) {
            throw error;
          }

          known = await read(api);
        }
      }
    },
    onSuccess: (saved) => cache.setQueryData(keys.savedTexts, saved),
  });
}

/** What a menu calls a text: its name, or how it begins. */
export function labelOf({ name, text }: SavedText): string {
  return name ?? text.split('\n')[0] ?? text;
}

/** A change that puts a text in the place of another one, or at the end. */
export function withText(saved: SavedText, instead?: SavedText): SavedTextsChange {
  return (now) => {
    const at = instead === undefined ? -1 : now.findIndex((one) => isSame(one, instead));
    return at < 0 ? [...now, saved] : now.with(at, saved);
  };
}

/** A change that takes a text out. */
export function withoutText(gone: SavedText): SavedTextsChange {
  return (now) => now.filter((one) => !isSame(one, gone));
}

function isSame(one: SavedText, other: SavedText): boolean {
  return one.name === other.name && one.text === other.text;
}
