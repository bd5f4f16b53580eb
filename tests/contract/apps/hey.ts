// An app on the client that hey-api generates: two members do the main job on a running host.
import {
  acceptInvite,
  changeMyProfile,
  findCreators,
  markRead,
  readMessage,
  readMessages,
  sendInvite,
  sendMessage,
  sendMessages,
  type CallersCard,
  type LiveEvent,
  type Message,
  type Problem,
} from './generated';
import { createClient, createConfig } from './generated/client';
import { done, play, problemOf, type Member, tokenOf } from './job';

async function signIn(host: string, id: string): Promise<Member> {
  const token = await tokenOf(host, id);
  const client = createClient(createConfig({ baseUrl: host, auth: () => token }));
  return {
    become: async (profile) => done(await changeMyProfile({ client, body: profile })).id,
    find: async (continuation) => {
      const page = done(await findCreators({ client, query: { limit: 5, continuation } }));
      return {
        ids: page.value.map((card: CallersCard) => card.id),
        followers: page.value.map((card) => card.followers),
        nextLink: page.nextLink,
      };
    },
    searchFor: async (category) => problemOf<Problem>(await findCreators({ client, query: { category: [category] } })),
    invite: async (creatorId) => done(await sendInvite({ client, body: { creatorId, note: null } })).id,
    accept: async (connection) => done(await acceptInvite({ client, path: { id: connection } })).state,
    acceptProblem: async (connection) => problemOf<Problem>(await acceptInvite({ client, path: { id: connection } })),
    send: async (id, clientId, text) => done(await sendMessage({ client, path: { id }, body: { clientId, text } })).seq,
    sendProblem: async (id, clientId, text) => problemOf<Problem>(await sendMessage({ client, path: { id }, body: { clientId, text } })),
    sendAll: async (id, messages) =>
      done(await sendMessages({ client, path: { id }, body: { messages } })).results.map(({ status, problem }) => problem?.type ?? status),
    read: async (id, seq) => done(await readMessage({ client, path: { id, seq } })).text,
    history: async (id) =>
      done(await readMessages({ client, path: { id }, query: { after: 0 } })).value.map((message: Message) => message.text),
    markRead: async (id, seq) => done(await markRead({ client, path: { id }, body: { seq } })).readSeq,
  };
}

/** An event is known by its type. */
export const told = (event: LiveEvent): string => (event.type === 'message.created' ? event.message.text : event.type);

void play(signIn);
