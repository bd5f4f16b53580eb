import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { body, useApi } from '@/api/client';
import { paged, rows } from '@/api/pages';
import { keys } from '@/api/queries';
import type { Message } from '@/api/types';

/** A message that the member goes to: another object each time, so that a second time goes there again. */
export interface SearchHit {
  readonly seq: number;
  /** The text that it was found by. */
  readonly text: string;
}

const enough = 20;

/** A search in a conversation. What is found shows in the log, whose messages are read back to there. */
export function useMessageSearch(connectionId: string, onFound: (found: SearchHit | undefined) => void) {
  const api = useApi();
  const [text, setText] = useState('');
  const [index, setIndex] = useState<number>();
  const list = useInfiniteQuery({
    queryKey: keys.messageSearch(connectionId, text),
    ...paged<Message>(api, async (signal) =>
      body(await api.calls.GET('/api/connections/{id}/messages', { params: { path: { id: connectionId }, query: { q: text } }, signal })),
    ),
    enabled: text !== '',
    // Messages come while the search is open.
    staleTime: 0,
    gcTime: 0,
  });
  const found = rows(list.data);
  // A page looks through a bounded number of messages. One that finds few is followed until there is enough to show.
  const { hasNextPage, isFetching, isFetchNextPageError, fetchNextPage } = list;
  const goesOn = hasNextPage && !isFetching && !isFetchNextPageError && found.length < enough;
  useEffect(() => {
    if (goesOn) {
      void fetchNextPage();
    }
  }, [goesOn, fetchNextPage]);
  return {
    text,
    search: (next: string) => {
      setText(next);
      setIndex(undefined);
      onFound(undefined);
    },
    list,
    found,
    /** The place of the message that is shown among those found; undefined for none. */
    index,
    jumpTo: (to: number) => {
      const message = found[to];
      if (message) {
        setIndex(to);
        onFound({ seq: message.seq, text });
      }
    },
  };
}
