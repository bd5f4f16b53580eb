import { useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { body, useApi } from '../api/client';
import { Problem } from '../api/problem';
import { keys } from '../api/queries';
import type { Card, Contact, Relation } from '../api/types';
import { useToasts } from '../ui/toasts';
import { showContact, showRelation, shownRelation } from './contactsCache';

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
  return useOptimistic<Invitation>({
    call: async ({ to, note }) => body(await api.calls.POST('/api/invites', { body: { creatorId: to.id, ...(note ? { note } : {}) } })),
    memberId: ({ to }) => to.id,
    meanwhile: () => ({ state: 'invited' }),
    refused: ({ to }) => `${to.displayName} was not invited`,
  });
}

/** Takes an invite back. */
export function useRevoke() {
  const api = useApi();
  return useOptimistic<ConnectionTarget>({
    call: async ({ connectionId }) => body(await api.calls.DELETE('/api/invites/{id}', { params: { path: { id: connectionId } } })),
    memberId: ({ other }) => other.id,
    meanwhile: () => ({ state: 'none' }),
    refused: ({ other }) => `Your invite to ${other.displayName} was not taken back`,
  });
}

/** Accepts an invite. */
export function useAccept() {
  const api = useApi();
  return useOptimistic<ConnectionTarget>({
    call: async ({ connectionId }) => body(await api.calls.POST('/api/invites/{id}/accept', { params: { path: { id: connectionId } } })),
    memberId: ({ other }) => other.id,
    meanwhile: ({ connectionId }) => ({ state: 'connected', connectionId }),
    refused: ({ other }) => `The invite of ${other.displayName} was not accepted`,
  });
}

/** Declines an invite. */
export function useDecline() {
  const api = useApi();
  return useOptimistic<ConnectionTarget>({
    call: async ({ connectionId }) => body(await api.calls.POST('/api/invites/{id}/decline', { params: { path: { id: connectionId } } })),
    memberId: ({ other }) => other.id,
    meanwhile: () => ({ state: 'none' }),
    refused: ({ other }) => `The invite of ${other.displayName} was not declined`,
  });
}

/** Ends a connection. */
export function useRemove() {
  const api = useApi();
  return useOptimistic<ConnectionTarget>({
    call: async ({ connectionId }) => body(await api.calls.DELETE('/api/connections/{id}', { params: { path: { id: connectionId } } })),
    memberId: ({ other }) => other.id,
    meanwhile: () => ({ state: 'none' }),
    refused: ({ other }) => `Your connection with ${other.displayName} was not ended`,
  });
}

interface Action<T> {
  readonly call: (target: T) => Promise<Contact>;
  readonly memberId: (target: T) => string;
  /** What the cards show until the answer is there. */
  readonly meanwhile: (target: T) => Relation;
  /** The first words of what is said when the server refuses. */
  readonly refused: (target: T) => string;
}

function useOptimistic<T>(action: Action<T>) {
  const cache = useQueryClient();
  const toasts = useToasts();
  return useMutation<Contact, Error, T, { readonly before: Relation | undefined }>({
    mutationFn: action.call,
    onMutate: (target) => {
      const memberId = action.memberId(target);
      const before = shownRelation(cache, memberId);
      showRelation(cache, memberId, action.meanwhile(target));
      return { before };
    },
    onSuccess: (contact) => showContact(cache, contact),
    onError: (error, target, context) => {
      const problem = Problem.from(error);
      const memberId = action.memberId(target);
      if (context?.before) {
        showRelation(cache, memberId, context.before);
      }

      toasts.refuse(action.refused(target), problem.detail);
      // Somebody else was faster, or the member is gone: what is shown is out of date.
      if (problem.status === 409 || problem.status === 404) {
        refresh(cache, memberId);
      }
    },
  });
}

function refresh(cache: QueryClient, memberId: string): void {
  for (const queryKey of [keys.allInvites, keys.connections, keys.creator(memberId), keys.allCreators, keys.favourites]) {
    void cache.invalidateQueries({ queryKey });
  }
}
