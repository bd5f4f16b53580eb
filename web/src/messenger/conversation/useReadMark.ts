import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { useApi } from '../../api/client';
import { Problem } from '../../api/problem';
import type { Contact } from '../../api/types';
import { showRead } from '../chatCache';
import type { History } from '../history';
import { lastReceived } from '../history';
import { ReadTeller } from './ReadTeller';

/** Marks the conversation as read up to its last message while that is being looked at. */
export function useReadMark({ id, state, readSeq, unread }: Contact, history: History | undefined, me: string, isLookedAt: boolean): void {
  const api = useApi();
  const cache = useQueryClient();
  const teller = useMemo(
    () =>
      new ReadTeller(async (seq) => {
        try {
          await api.calls.PUT('/api/connections/{id}/read', { params: { path: { id } }, body: { seq } });
          return 'done';
        } catch (error) {
          return Problem.from(error).isPassing ? 'again' : 'done';
        }
      }),
    [api, id],
  );
  useEffect(() => () => teller.flush(), [teller]);
  const last = history?.messages.at(-1)?.seq ?? 0;
  const received = history && lastReceived(history, me)?.seq;
  const isUnread = unread > 0 || (received ?? 0) > readSeq;
  useEffect(() => {
    if (isLookedAt && isUnread && last > readSeq && state === 'connected') {
      showRead(cache, id, last);
      teller.tell(last);
    }
  }, [isLookedAt, isUnread, last, readSeq, state, cache, id, teller]);
}
