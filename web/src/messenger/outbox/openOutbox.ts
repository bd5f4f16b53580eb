import type { QueryClient } from '@tanstack/react-query';
import { type Api, body } from '@/api/client';
import { Problem } from '@/api/problem';
import { keys } from '@/api/queries';
import type { Message } from '@/api/types';
import { showMessage } from '@/messenger/history/chatCache';
import { type Delivery, Outbox } from './Outbox';
import { type OutboxItem, OutboxStorage } from './OutboxStorage';
import type { Uploading } from './Uploads';

// Few messages have files.
const uploading = () => import('./uploading');

// A slower call is aborted and retried.
const sendTimeout = 20_000;

/** A member's outbox, which sends by the API once it is started. */
export function openOutbox(api: Api, cache: QueryClient, me: string): Outbox {
  const delivery: Delivery = {
    send: (items) => send(api, items),
    sent: (message) => showMessage(cache, me, message),
    ended: (connectionId) => {
      void cache.invalidateQueries({ queryKey: keys.connection(connectionId) });
      void cache.invalidateQueries({ queryKey: keys.connections });
    },
    withLock: (run) => withLock(`connections.outbox/${me}`, run),
    loadUploads: async (queue) => {
      const { uploadFile, Uploads } = await uploading();
      const application: Uploading = {
        upload: (file, onProgress, signal) => uploadFile(api, me, file, onProgress, signal),
        withLock: (run) => withLock(`connections.outbox/${me}/files`, run),
      };
      return new Uploads(application, queue);
    },
    release: (released, why) => {
      if (released.length > 0) {
        void uploading().then(({ releaseFiles }) => releaseFiles(api, me, released, why));
      }
    },
  };
  return new Outbox(new OutboxStorage(me), delivery);
}

async function send(api: Api, items: readonly OutboxItem[]): Promise<readonly (Message | Problem)[]> {
  const [first] = items;
  if (!first) {
    return [];
  }

  const call = { params: { path: { id: first.connectionId } }, signal: AbortSignal.timeout(sendTimeout) };
  if (items.length === 1) {
    return [body(await api.calls.POST('/api/connections/{id}/messages', { ...call, body: toRequest(first) }))];
  }

  const messages = items.map(toRequest);
  const answer = await api.calls.POST('/api/connections/{id}/messages/batch', { ...call, body: { messages } });
  return body(answer).results.map(
    ({ message, problem }) => message ?? (problem ? Problem.ofPart(problem, answer.response) : Problem.from(undefined)),
  );
}

function toRequest({ clientId, text, files = [], quote }: OutboxItem) {
  const uploaded = files.flatMap(({ id, alt }) => (id === undefined ? [] : { id, ...(alt !== undefined && { alt }) }));
  return { clientId, text, ...(uploaded.length > 0 && { files: uploaded }), ...(quote && { replyTo: quote.seq }) };
}

// Without the Web Locks API, two tabs may send the same message. The server stores it once.
async function withLock(name: string, run: () => Promise<void>): Promise<void> {
  const locks = (navigator as Partial<Navigator>).locks;
  await (locks ? locks.request(name, run) : run());
}
