import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { body, useApi } from '../../api/client';
import { Problem } from '../../api/problem';
import { keys } from '../../api/queries';
import type { Message } from '../../api/types';
import { useToasts } from '../../ui/toasts';
import { showChangedMessage } from '../chatCache';

/** A message as it will be when the server agrees. */
type Meanwhile = Pick<Message, 'text' | 'editedAt' | 'deleted'>;

/** Edits and deletes own messages: shown at once, and taken back with the reason when the server refuses. */
export function useMessageChanges(connectionId: string) {
  const api = useApi();
  const cache = useQueryClient();
  const toasts = useToasts();
  const [meanwhile, setMeanwhile] = useState<ReadonlyMap<number, Meanwhile>>(new Map());

  const change = async ({ seq }: Message, to: Meanwhile, call: () => Promise<Message>): Promise<Problem | undefined> => {
    setMeanwhile((all) => new Map(all).set(seq, to));
    try {
      showChangedMessage(cache, await call());
      return undefined;
    } catch (error) {
      const problem = Problem.from(error);
      if (problem.code === 'not-connected' || problem.status === 404) {
        void cache.invalidateQueries({ queryKey: keys.connection(connectionId) });
      }

      return problem;
    } finally {
      setMeanwhile((all) => new Map([...all].filter(([one]) => one !== seq)));
    }
  };
  const path = (seq: number) => ({ params: { path: { id: connectionId, seq } } });
  return {
    /** The messages with what is being changed. */
    applied: (messages: readonly Message[]): readonly Message[] =>
      meanwhile.size === 0 ? messages : messages.map((message) => ({ ...message, ...meanwhile.get(message.seq) })),
    /** Gives a message another text. Answers why not, when refused. */
    edit: async (message: Message, text: string) =>
      await change(message, { text, editedAt: message.editedAt ?? message.sentAt }, async () =>
        body(await api.calls.PATCH('/api/connections/{id}/messages/{seq}', { ...path(message.seq), body: { text } })),
      ),
    /** Deletes a message. */
    remove: async (message: Message) => {
      const refused = await change(message, { text: '', deleted: true }, async () =>
        body(await api.calls.DELETE('/api/connections/{id}/messages/{seq}', path(message.seq))),
      );
      if (refused) {
        toasts.refuse('Your message was not deleted', refused.detail);
      }
    },
  };
}
