import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { body, etagOf, useApi } from '@/api/client';
import { Problem } from '@/api/problem';
import { keys } from '@/api/queries';
import { serverNow } from '@/api/serverTime';
import type { CallersCard, FavouriteMark } from '@/api/types';
import { useMe } from '@/members/useMe';
import { draftKey, readDraft, writeDraft } from '@/session/drafts';
import { showMark, tellOtherWindows } from './favouritesCache';

/** What a member keeps with a favourite. */
export interface Kept {
  readonly note: string;
  readonly lists: readonly string[];
}

/** What is in the form. */
export interface MarkDraft extends Kept {
  /** The name of a list that is typed. */
  readonly added: string;
}

/** Unsaved edits, and what was saved when they began. */
interface MarkEdits extends MarkDraft {
  readonly since: Kept;
}

/** The state of the form for the note on a favourite and its lists. */
export interface MarkForm {
  readonly draft: MarkDraft;
  readonly saved: Kept;
  /** Whether something else was saved elsewhere since these edits began. */
  readonly isOutdated: boolean;
  readonly isSaving: boolean;
  /** Why the note was not saved. */
  readonly problem: Problem | undefined;
  readonly edit: (edits: Partial<MarkDraft>) => void;
  readonly save: () => void;
  readonly discard: () => void;
  /** Goes on with the edits in place of what was saved elsewhere. */
  readonly keepMine: () => void;
}

/** The mark as the server has it, with its ETag; neither if it was taken away. */
interface ReadMark {
  readonly mark?: FavouriteMark | undefined;
  readonly etag?: string | undefined;
}

const stale = 412;

/** Edits the note on a favourite and its lists. They survive a reload until they are saved or discarded. */
export function useMarkForm(creator: CallersCard, onSaved: () => void): MarkForm {
  const api = useApi();
  const cache = useQueryClient();
  const { id: memberId } = useMe();
  const params = { path: { creatorId: creator.id } };
  const reading = useQuery({
    queryKey: keys.mark(creator.id),
    queryFn: async ({ signal }): Promise<ReadMark> => {
      try {
        const answer = await api.calls.GET('/api/favourites/{creatorId}', { params, signal });
        return { mark: body(answer), etag: etagOf(answer) };
      } catch (error) {
        if (Problem.from(error).status === 404) {
          return {};
        }

        throw error;
      }
    },
    // The card may show what another device has changed since.
    staleTime: 0,
    gcTime: 0,
    placeholderData: { mark: creator.mark },
  });
  const key = draftKey(memberId, 'mark', creator.id);
  const [edits, setEdits] = useState(() => readEdits(key));
  const saved = keptIn(reading.data?.mark);
  const draft: MarkDraft = edits ?? { ...saved, added: '' };
  const change = (next: MarkEdits | undefined) => {
    setEdits(next);
    writeDraft(key, next ? JSON.stringify(next) : '');
  };
  /** Writes over what was saved when the edits began, and answers that; undefined if it is not that any more. */
  const putAsRead = async (kept: Kept, since: Kept): Promise<ReadMark | undefined> => {
    const request = { note: kept.note === '' ? null : kept.note, lists: [...kept.lists] };
    let read = reading.isPlaceholderData ? undefined : reading.data;
    for (let again = false; ; again = true) {
      read ??= (await reading.refetch({ throwOnError: true })).data;
      if (!read || !isSame(keptIn(read.mark), since)) {
        return undefined;
      }

      const header = read.etag === undefined ? { 'If-None-Match': '*' } : { 'If-Match': read.etag };
      try {
        await api.calls.PUT('/api/favourites/{creatorId}', { params: { ...params, header }, body: request });
        return read;
      } catch (error) {
        // Marked anew with the same note, it has another ETag and nothing to choose.
        if (again || Problem.from(error).status !== stale) {
          throw error;
        }

        read = undefined;
      }
    }
  };
  const saving = useMutation({
    mutationFn: async (kept: Kept): Promise<FavouriteMark | undefined> => {
      const read = await putAsRead(kept, edits?.since ?? saved);
      if (!read) {
        return undefined;
      }

      // As it was taken: texts are trimmed, and the names of lists have the spelling that they had first.
      const answer = await api.calls.GET('/api/favourites/{creatorId}', { params }).catch(() => undefined);
      return answer
        ? body(answer)
        : {
            markedAt: read.mark?.markedAt ?? new Date(serverNow()).toISOString(),
            ...(kept.note !== '' && { note: kept.note }),
            lists: [...kept.lists],
          };
    },
    onSuccess: (mark) => {
      if (mark) {
        change(undefined);
        showMark(cache, creator, mark);
        tellOtherWindows({ memberId, creator, mark });
        onSaved();
      }
    },
  });
  const isOutdated = edits !== undefined && !isSame(edits.since, saved) && !isSame(withAdded(edits), saved);
  return {
    draft,
    saved,
    isOutdated,
    isSaving: saving.isPending,
    problem: saving.error ? Problem.from(saving.error) : undefined,
    edit: (some) => {
      const next = { ...draft, since: edits?.since ?? saved, ...some };
      change(isSame(next, next.since) && next.added === '' ? undefined : next);
    },
    save: () => saving.mutate(withAdded(draft)),
    discard: () => {
      change(undefined);
      saving.reset();
    },
    keepMine: () => {
      change({ ...draft, since: saved });
      saving.reset();
    },
  };
}

function keptIn(mark: FavouriteMark | undefined): Kept {
  return { note: mark?.note ?? '', lists: mark?.lists ?? [] };
}

/** What is saved: with the list whose name is typed. */
function withAdded({ note, lists, added }: MarkDraft): Kept {
  const name = added.trim();
  return { note: note.trim(), lists: name === '' || lists.includes(name) ? lists : [...lists, name] };
}

function isSame(one: Kept, other: Kept): boolean {
  return (
    one.note.trim() === other.note.trim() &&
    one.lists.length === other.lists.length &&
    one.lists.every((name) => other.lists.includes(name))
  );
}

/** The kept edits; undefined if there are none, or if this version of the page cannot read them. */
function readEdits(key: string): MarkEdits | undefined {
  try {
    const edits = JSON.parse(readDraft(key)) as Partial<MarkEdits> | null;
    return edits && isKept(edits) && isKept(edits.since) && typeof edits.added === 'string' ? (edits as MarkEdits) : undefined;
  } catch {
    return undefined;
  }
}

function isKept(value: Partial<Kept> | undefined): boolean {
  return typeof value?.note === 'string' && Array.isArray(value.lists) && value.lists.every((name) => typeof name === 'string');
}
