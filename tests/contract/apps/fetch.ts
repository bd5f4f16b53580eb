// An app on the types that openapi-typescript generates, with openapi-fetch: two members do the main job on a running host.
import createClient from 'openapi-fetch';
import type { components, paths, webhooks } from './schema';
import { done, play, problemOf, type Member, tokenOf } from './job';

type Problem = components['schemas']['Problem'];

async function signIn(host: string, id: string): Promise<Member> {
  const api = createClient<paths>({
    baseUrl: host,
    headers: { Authorization: `Bearer ${await tokenOf(host, id)}` },
    querySerializer: { array: { style: 'form', explode: true } },
  });
  const connection = (of: string) => ({ params: { path: { id: of } } });
  const message = (of: string, seq: number) => ({ params: { path: { id: of, seq } } });
  return {
    become: async (body) => done(await api.PUT('/api/me', { body })).id,
    find: async (continuation) => {
      const page = done(await api.GET('/api/creators', { params: { query: { limit: 5, continuation } } }));
      return { ids: page.value.map((card) => card.id), followers: page.value.map((card) => card.followers), nextLink: page.nextLink };
    },
    searchFor: async (category) => problemOf<Problem>(await api.GET('/api/creators', { params: { query: { category: [category] } } })),
    invite: async (creatorId) => done(await api.POST('/api/invites', { body: { creatorId, note: null } })).id,
    accept: async (of) => done(await api.POST('/api/invites/{id}/accept', connection(of))).state,
    acceptProblem: async (of) => problemOf<Problem>(await api.POST('/api/invites/{id}/accept', connection(of))),
    send: async (of, clientId, text) =>
      done(await api.POST('/api/connections/{id}/messages', { ...connection(of), body: { clientId, text } })).seq,
    sendProblem: async (of, clientId, text) =>
      problemOf<Problem>(await api.POST('/api/connections/{id}/messages', { ...connection(of), body: { clientId, text } })),
    sendAll: async (of, messages) =>
      done(await api.POST('/api/connections/{id}/messages/batch', { ...connection(of), body: { messages } })).results.map(
        ({ status, problem }) => problem?.type ?? status,
      ),
    read: async (of, seq) => done(await api.GET('/api/connections/{id}/messages/{seq}', message(of, seq))).text,
    history: async (id) =>
      done(await api.GET('/api/connections/{id}/messages', { params: { path: { id }, query: { after: 0 } } })).value.map(
        ({ text }) => text,
      ),
    markRead: async (of, seq) => done(await api.PUT('/api/connections/{id}/read', { ...connection(of), body: { seq } })).readSeq,
  };
}

/** An event is known by its type. */
export const told = (event: components['schemas']['LiveEvent']): string =>
  event.type === 'message.created' ? event.message.text : event.type;
export type Created = webhooks['message.created']['post'];

void play(signIn);
