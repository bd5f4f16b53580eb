import { type QueryClient, useMutation, useMutationState, useQueryClient } from '@tanstack/react-query';
import { body, outlivesPage, useApi } from '@/api/client';
import { Problem } from '@/api/problem';
import { keys, pauseReads } from '@/api/queries';
import type { Card, Contact, Decline, Relation } from '@/api/types';
import { isolated } from '@/members/names';
import { useMe } from '@/members/useMe';
import { draftKey, writeDraft } from '@/session/drafts';
import { texts } from '@/texts/texts';
import { formatDateTime } from '@/ui/Time';
import { type Toasts, useToasts } from '@/ui/toasts';
import { showContact, cachedRelation, showRelation } from './contactsCache';

const said = texts.contacts;

interface Invitation {
  readonly to: Pick<Card, 'id' | 'displayName'>;
  readonly note?: string;
}

/** An existing connection or invite to act on. */
export interface ConnectionTarget {
  readonly connectionId: string;
  readonly other: Pick<Card, 'id' | 'displayName'>;
}

/** Invites a creator. Shown at once, and undone with the reason if the server refuses. */
export function useInvite() {
  const api = useApi();
  const me = useMe();
  return useOptimistic<Invitation>({
    name: 'invite',
    call: async ({ to, note = '' }) => {
      const answer = await api.calls.POST('/api/invites', { body: { creatorId: to.id, ...(note ? { note } : {}) }, ...outlivesPage });
      const contact = body(answer);
      const unsent = answer.response.status === 200 ? unsentNote(contact, note) : undefined;
      // A note that was not delivered is kept for the next invite.
      if (!unsent) {
        writeDraft(draftKey(me.id, 'note', to.id), '');
      }

      return { contact, detail: unsent };
    },
    memberId: ({ to }) => to.id,
    optimistic: () => ({ state: 'invited' }),
    done: ({ to }, contact) => (contact.state === 'connected' ? said.accepted : said.invited)(isolated(to.displayName)),
    refused: ({ to }) => said.notInvited(isolated(to.displayName)),
  });
}

/** What to say if a note was not sent because an invite already existed; undefined if the note was sent or there was none. */
function unsentNote({ state, direction, note: sentNote = '' }: Contact, note: string): string | undefined {
  if (note === '' || (direction === 'sent' && note === sentNote)) {
    return undefined;
  }

  if (state === 'connected') {
    return said.noteNotSent.connected;
  }

  return sentNote === '' ? said.noteNotSent.without : said.noteNotSent.another(sentNote);
}

/** How long a revoke can be undone before it is sent. */
const undoFor = 10_000;

/** Revokes an invite. It is shown at once, and sent when it can no longer be undone, or when the page is closed. */
export function useRevoke() {
  const api = useApi();
  const toasts = useToasts();
  return useOptimistic<ConnectionTarget>({
    name: 'revoke',
    call: async (target) => {
      await untilUndoEnds(toasts, said.takenBack(isolated(target.other.displayName)));
      return body(await api.calls.DELETE('/api/invites/{id}', pathOf(target)));
    },
    memberId: otherId,
    // The member has to wait before the next invite; the server says how long.
    optimistic: () => ({ state: 'locked' }),
    refused: ({ other }) => said.notTakenBack(isolated(other.displayName)),
  });
}

/** The member undid the action before it was sent. */
class UndoneError extends Error {}

/** Offers to undo an action. Resolves when it is to be sent, and throws `UndoneError` if the member undoes it. */
function untilUndoEnds(toasts: Toasts, title: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (then: () => void) => () => {
      clearTimeout(timer);
      window.removeEventListener('pagehide', send);
      withdraw();
      then();
    };
    const send = end(resolve);
    const timer = setTimeout(send, undoFor);
    window.addEventListener('pagehide', send);
    const withdraw = toasts.done(title, undefined, { label: said.undo, run: end(() => reject(new UndoneError())) }, true);
  });
}

export function useAccept() {
  const api = useApi();
  return useOptimistic<ConnectionTarget>({
    name: 'accept',
    call: async (target) => body(await api.calls.POST('/api/invites/{id}/accept', pathOf(target))),
    memberId: otherId,
    optimistic: ({ connectionId }) => ({ state: 'connected', connectionId }),
    done: ({ other }) => said.accepted(isolated(other.displayName)),
    refused: ({ other }) => said.notAccepted(isolated(other.displayName)),
  });
}

/** An invite to decline, and why, if the member says so. */
interface Declining extends ConnectionTarget {
  readonly why?: Decline | undefined;
}

export function useDecline() {
  const api = useApi();
  return useOptimistic<Declining>({
    name: 'decline',
    call: async ({ why, ...target }) =>
      body(await api.calls.POST('/api/invites/{id}/decline', { ...pathOf(target), ...(why && { body: why }) })),
    memberId: otherId,
    optimistic: () => ({ state: 'none' }),
    done: ({ other }) => said.declined(isolated(other.displayName)),
    refused: ({ other }) => said.notDeclined(isolated(other.displayName)),
  });
}

export function useRemove() {
  const api = useApi();
  return useOptimistic<ConnectionTarget>({
    name: 'remove',
    call: async (target) => body(await api.calls.DELETE('/api/connections/{id}', pathOf(target))),
    memberId: otherId,
    optimistic: () => ({ state: 'none' }),
    done: ({ other }) => said.ended(isolated(other.displayName)),
    refused: ({ other }) => said.notEnded(isolated(other.displayName)),
  });
}

const pathOf = ({ connectionId }: ConnectionTarget) => ({ params: { path: { id: connectionId } }, ...outlivesPage });
const otherId = ({ other }: ConnectionTarget) => other.id;

/** The actions on an existing connection or invite. */
export type ConnectionAction = 'revoke' | 'accept' | 'decline' | 'remove';

const actionKey = ['connection-action'] as const;

/** The action that is under way on a connection, started anywhere on the page. Lists show its outcome before the server responds. */
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
  /** The relation that cards show until the server responds. */
  readonly optimistic: (target: T) => Relation;
  /** The title of the toast on success, if there is one. */
  readonly done?: (target: T, contact: Contact) => string;
  /** The title of the toast on refusal. */
  readonly refused: (target: T) => string;
}

/** The connection after an action, with an optional detail for the toast. */
interface Outcome {
  readonly contact: Contact;
  readonly detail?: string | undefined;
}

interface Before {
  readonly relation: Relation | undefined;
  readonly optimistic: Relation;
  /** Resumes the reads that the action paused. */
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
      if (action.done) {
        toasts.done(action.done(target, contact), ...(detail === undefined ? [] : [detail]));
      }
    },
    onError: (error, target, before) => {
      const problem = Problem.from(error);
      const memberId = action.memberId(target);
      // A live event may have brought a newer state meanwhile.
      if (before?.relation && cachedRelation(cache, memberId)?.state === before.optimistic.state) {
        showRelation(cache, memberId, before.relation);
      }

      if (error instanceof UndoneError) {
        return;
      }

      toasts.refuse(action.refused(target), reason(problem));
      refresh(cache, problem, memberId);
    },
    onSettled: (_outcome, _error, _target, before) => before?.resumeReads(),
  });
}

/** The server's explanation, with times in the member's time zone. */
function reason(problem: Problem): string {
  if (problem.code === 'profile-incomplete') {
    return said.profileFirst;
  }

  const fields = Object.entries(problem.errors).map(([field, errors]) => said.fieldProblem(field, errors.join(' ')));
  if (fields.length > 0) {
    return fields.join(' ');
  }

  return problem.until === undefined ? problem.detail : said.until(problem.detail, formatDateTime(problem.until));
}

function refresh(cache: QueryClient, problem: Problem, memberId: string): void {
  if (problem.code === 'profile-incomplete') {
    // The page asks a member without a profile to complete it.
    void cache.invalidateQueries({ queryKey: keys.me });
    return;
  }

  // The other member acted first, or no longer exists, so the cached data is out of date.
  if (problem.status === 409 || problem.status === 404) {
    for (const queryKey of [keys.allInvites, keys.connections, keys.ended, keys.creator(memberId), ...keys.cards]) {
      void cache.invalidateQueries({ queryKey });
    }
  }
}
