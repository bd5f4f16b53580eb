import { useMutation, useQueryClient } from '@tanstack/react-query';
import { body, outlivesPage, useApi } from '@/api/client';
import { Problem } from '@/api/problem';
import { keys, pauseReads } from '@/api/queries';
import type { Contact } from '@/api/types';
import { type InboxChange, withInbox } from '@/contacts/contactChanges';
import { cachedContact, changeContact, showContact } from '@/contacts/contactsCache';
import { isolated } from '@/members/names';
import { messengerTexts as said } from '@/texts/messenger';
import { texts } from '@/texts/texts';
import { useToasts } from '@/ui/toasts';

interface Before {
  readonly flags: InboxChange;
  readonly resumeReads: () => void;
}

/**
 * Changes how a conversation stands in the member's inbox. Shown at once, and undone with the reason if the server refuses.
 *
 * @param quiet whether nothing is said when it is done, for a change that the member did not ask for by name.
 */
export function useInbox({ id, other }: Contact, quiet = false): (change: InboxChange) => void {
  const api = useApi();
  const cache = useQueryClient();
  const toasts = useToasts();
  const name = isolated(other.displayName);
  const { mutate } = useMutation<Contact, Error, InboxChange, Before>({
    // Quick presses reach the server in order.
    scope: { id: `inbox ${id}` },
    mutationFn: async (change) =>
      body(await api.calls.PUT('/api/connections/{id}/inbox', { params: { path: { id } }, body: change, ...outlivesPage })),
    onMutate: (change) => {
      const resumeReads = pauseReads(cache, [keys.connections, keys.allInbox, keys.connection(id), keys.unread]);
      const { archived = false, pinned = false, muted = false, markedUnread = false } = cachedContact(cache, id) ?? {};
      changeContact(cache, id, (contact) => withInbox(contact, change));
      return { flags: { archived, pinned, muted, markedUnread }, resumeReads };
    },
    onSuccess: (contact, change) => {
      showContact(cache, contact);
      if (!quiet) {
        const undo = { label: texts.contacts.undo, run: () => mutate({ archived: false }) };
        toasts.done(said.inboxDone(change, name), change.archived ? said.archivedMeans : undefined, change.archived ? undo : undefined);
      }
    },
    onError: (error, change, before) => {
      if (before) {
        changeContact(cache, id, (contact) => withInbox(contact, before.flags));
      }

      if (!quiet) {
        toasts.refuse(said.inboxRefused(change, name), Problem.from(error).detail);
      }
    },
    onSettled: (_contact, _error, _change, before) => before?.resumeReads(),
  });
  return mutate;
}
