import { type QueryClient, useMutation, useMutationState, useQueryClient } from '@tanstack/react-query';
import { body, useApi } from '@/api/client';
import { Problem } from '@/api/problem';
import { keys, pauseReads } from '@/api/queries';
import type { Card, Contact, Relation } from '@/api/types';
import { useMe } from '@/members/useMe';
import { draftKey, writeDraft } from '@/session/drafts';
import { exactly } from '@/ui/Time';
import { useToasts } from '@/ui/toasts';
import { showContact, cachedRelation, showRelation } from './contactsCache';

/** An invite to somebody. */
export interface Invitation {
  readonly to: Pick<Card, 'id' | 'displayName'>;
  readonly note?: string;
}

/** Something to do about a connection that stands. */
export interface ConnectionTarget {
  readonly connectionId: string;
  readonly other: Pick<Card, 'id' | 'displayName'>;
}

/** Invites a creator: shown at once, and taken back with the reason when the server refuses. */
export function useInvite() {
  const api = useApi();
  const me = useMe();
  return useOptimistic<Invitation>({
    name: 'invite',
    call: async ({ to, note = '' }) => {
      const answer = await api.calls.POST('/api/invites', { body: { creatorId: to.id, ...(note ? { note } : {}) } });
      const contact = body(answer);
      const unsent = answer.response.status === 200 ? unsentNote(contact, note) : undefined;
      // The words of a note that nobody got are kept for the next invite.
      if (!unsent) {
        writeDraft(draftKey(me.id, 'note', to.id), '');
      }

      return { contact, detail: unsent };
    },
    memberId: ({ to }) => to.id,
    optimistic: () => ({ state: 'invited' }),
    done: ({ to }, contact) => (contact.state === 'connected' ? `You and ${to.displayName} are connected` : `${to.displayName} is invited`),
    refused: ({ to }) => `${to.displayName} was not invited`,
  });
}

/** What became of a note that was sent with an invite that stood already; undefined when it is the one that stands, or there was none. */
function unsentNote({ state, direction, note: stands = '' }: Contact, note: string): string | undefined {
  if (note === '' || (direction === 'sent' && note === stands)) {
    return undefined;
  }

  if (state === 'connected') {
    return 'Your note was not sent. You can write a message now.';
  }

  return stands === ''
    ? 'Your note was not sent: you had invited them already, without a note.'
    : `Your note was not sent: you had invited them already, with the note “${stands}”`;
}

/** Takes an invite back. */
export function useRevoke() {
  const api = useApi();
  return useOptimistic<ConnectionTarget>({
    name: 'revoke',
    call: async ({ connectionId }) => body(await api.calls.DELETE('/api/invites/{id}', { params: { path: { id: connectionId } } })),
    memberId: ({ other }) => other.id,
    // Who takes an invite back has to wait before the next; how long, the server says.
    optimistic: () => ({ state: 'locked' }),
    done: ({ other }) => `Your invite to ${other.displayName} is taken back`,
    refused: ({ other }) => `Your invite to ${other.displayName} was not taken back`,
  });
}

/** Accepts an invite. */
export function useAccept() {
  const api = useApi();
  return useOptimistic<ConnectionTarget>({
    name: 'accept',
    call: async ({ connectionId }) => body(await api.calls.POST('/api/invites/{id}/accept', { params: { path: { id: connectionId } } })),
    memberId: ({ other }) => other.id,
    optimistic: ({ connectionId }) => ({ state: 'connected', connectionId }),
    done: ({ other }) => `You and ${other.displayName} are connected`,
    refused: ({ other }) => `The invite of ${other.displayName} was not accepted`,
  });
}

/** Declines an invite. */
export function useDecline() {
  const api = useApi();
  return useOptimistic<ConnectionTarget>({
    name: 'decline',
    call: async ({ connectionId }) => body(await api.calls.POST('/api/invites/{id}/decline', { params: { path: { id: connectionId } } })),
    memberId: ({ other }) => other.id,
    optimistic: () => ({ state: 'none' }),
    done: ({ other }) => `The invite of ${other.displayName} is declined`,
    refused: ({ other }) => `The invite of ${other.displayName} was not declined`,
  });
}

/** Ends a connection. */
export function useRemove() {
  const api = useApi();
  return useOptimistic<ConnectionTarget>({
    name: 'remove',
    call: async ({ connectionId }) => body(await api.calls.DELETE('/api/connections/{id}', { params: { path: { id: connectionId } } })),
    memberId: ({ other }) => other.id,
    optimistic: () => ({ state: 'none' }),
    done: ({ other }) => `Your connection with ${other.displayName} has ended`,
    refused: ({ other }) => `Your connection with ${other.displayName} was not ended`,
  });
}

/** What can be done about a connection that stands. */
export type ConnectionAction = 'revoke' | 'accept' | 'decline' | 'remove';

const actionKey = ['connection-action'] as const;

/** What is being done about a connection right now, by any part of the page: for lists, which show it before the server has answered. */
export function usePendingAction(connectionId: string): ConnectionAction | undefined {
  const [name] = useMutationState({
    filters: { mutationKey: actionKey, status: 'pending', predicate: ({ state }) => isAbout(state.variables, connectionId) },
    select: (mutation) => mutation.options.mutationKey?.[1] as ConnectionAction,
  });
  return name;
}

function isAbout(target: unknown, connectionId: string): boolean {
  return typeof target === 'object' && target !== null && 'connectionId' in target && target.connectionId === connectionId;
}

interface Action<T> {
  readonly name: ConnectionAction | 'invite';
  readonly call: (target: T) => Promise<Contact | Outcome>;
  readonly memberId: (target: T) => string;
  /** What the cards show until the answer is there. */
  readonly optimistic: (target: T) => Relation;
  /** What is said when it is done. */
  readonly done: (target: T, contact: Contact) => string;
  /** The first words of what is said when the server refuses. */
  readonly refused: (target: T) => string;
}

/** A connection after an action, and what to say of it besides that it is done. */
interface Outcome {
  readonly contact: Contact;
  readonly detail?: string | undefined;
}

interface Before {
  readonly relation: Relation | undefined;
  readonly optimistic: Relation;
  /** Reads again what could not be read while the action was under way. */
  readonly resumeReads: () => void;
}

function useOptimistic<T>(action: Action<T>) {
  const cache = useQueryClient();
  const toasts = useToasts();
  return useMutation<Outcome, Error, T, Before>({
    mutationKey: [...actionKey, action.name],
    mutationFn: async (target) => {
      const outcome = await action.call(target);
      return 'contact' in outcome ? outcome : { contact: outcome };
    },
    onMutate: (target) => {
      const memberId = action.memberId(target);
      const optimistic = action.optimistic(target);
      const before = {
        relation: cachedRelation(cache, memberId),
        optimistic,
        resumeReads: pauseReads(cache, [...keys.cards, keys.creator(memberId)]),
      };
      showRelation(cache, memberId, optimistic);
      return before;
    },
    onSuccess: ({ contact, detail }, target) => {
      showContact(cache, contact);
      toasts.done(action.done(target, contact), ...(detail === undefined ? [] : [detail]));
    },
    onError: (error, target, before) => {
      const problem = Problem.from(error);
      const memberId = action.memberId(target);
      // Unless a live event has told something newer by now.
      if (before?.relation && cachedRelation(cache, memberId)?.state === before.optimistic.state) {
        showRelation(cache, memberId, before.relation);
      }

      toasts.refuse(action.refused(target), reason(problem));
      refresh(cache, problem, memberId);
    },
    onSettled: (_outcome, _error, _target, before) => before?.resumeReads(),
  });
}

/** The server's words, in the member's own time too. */
function reason(problem: Problem): string {
  if (problem.code === 'profile-incomplete') {
    return 'Say first who you are; then invite.';
  }

  const fields = Object.entries(problem.errors).map(([field, errors]) => `${field}: ${errors.join(' ')}`);
  if (fields.length > 0) {
    return fields.join(' ');
  }

  return problem.until === undefined ? problem.detail : `${problem.detail} Where you are, that is ${exactly(problem.until)}.`;
}

function refresh(cache: QueryClient, problem: Problem, memberId: string): void {
  if (problem.code === 'profile-incomplete') {
    // Without a profile, the page asks for one.
    void cache.invalidateQueries({ queryKey: keys.me });
    return;
  }

  // Somebody else was faster, or the member is gone: what is shown is out of date.
  if (problem.status === 409 || problem.status === 404) {
    for (const queryKey of [keys.allInvites, keys.connections, keys.creator(memberId), ...keys.cards]) {
      void cache.invalidateQueries({ queryKey });
    }
  }
}
