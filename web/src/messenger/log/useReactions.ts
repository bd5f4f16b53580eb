import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { body, outlivesPage, useApi } from '@/api/client';
import { Problem } from '@/api/problem';
import { keys } from '@/api/queries';
import type { Message, ReactionKind } from '@/api/types';
import { showChangedMessage } from '@/messenger/history/chatCache';
import { reactionOf, withReaction } from '@/messenger/history/reactions';
import { messengerTexts } from '@/texts/messenger';
import { useToasts } from '@/ui/toasts';

type Wanted = ReadonlyMap<number, ReactionKind | undefined>;

/**
 * The member's own reactions. Shown at once, and undone with the reason if the server refuses. There is one call at a time for a message,
 * so that of several presses the last one holds.
 */
export function useReactions(me: string, connectionId: string) {
  const api = useApi();
  const cache = useQueryClient();
  const toasts = useToasts();
  const wanted = useRef<Wanted>(new Map());
  const running = useRef(new Set<number>());
  const [shown, setShown] = useState<Wanted>(new Map());
  const want = (next: Wanted) => {
    wanted.current = next;
    setShown(next);
  };
  const send = async (seq: number, kind: ReactionKind | undefined): Promise<Message> => {
    const path = { params: { path: { id: connectionId, seq } }, ...outlivesPage };
    const call = '/api/connections/{id}/messages/{seq}/reaction';
    return body(await (kind === undefined ? api.calls.DELETE(call, path) : api.calls.PUT(call, { ...path, body: { kind } })));
  };
  const run = async (seq: number): Promise<void> => {
    try {
      for (let sent: ReactionKind | undefined | null = null; sent !== wanted.current.get(seq);) {
        sent = wanted.current.get(seq);
        showChangedMessage(cache, await send(seq, sent));
      }
    } catch (error) {
      const problem = Problem.from(error);
      if (problem.code === 'not-connected' || problem.status === 404) {
        void cache.invalidateQueries({ queryKey: keys.connection(connectionId) });
      }

      toasts.refuse(messengerTexts.notReacted, problem.detail);
    } finally {
      running.current.delete(seq);
      want(new Map([...wanted.current].filter(([one]) => one !== seq)));
    }
  };
  return {
    /** The messages as they are once the server has the reactions. */
    applied: (messages: readonly Message[]): readonly Message[] =>
      shown.size === 0
        ? messages
        : messages.map((message) =>
            shown.has(message.seq) && !message.deleted ? withReaction(message, me, shown.get(message.seq)) : message,
          ),
    /** Reacts to a message; the same reaction again takes it back. `message` is as it is shown. */
    react: (message: Message, kind: ReactionKind): void => {
      const { seq } = message;
      want(new Map(wanted.current).set(seq, reactionOf(message, me) === kind ? undefined : kind));
      if (!running.current.has(seq)) {
        running.current.add(seq);
        void run(seq);
      }
    },
  };
}
