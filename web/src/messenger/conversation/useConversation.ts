import { useEffect, useEffectEvent, useMemo, useState } from 'react';
import { serverNow } from '@/api/serverTime';
import type { Contact, Message } from '@/api/types';
import { useMe } from '@/members/useMe';
import type { FileToSend } from '@/messenger/files/FileToSend';
import { isChangeable, lastReceived, olderThan } from '@/messenger/history/history';
import { useHistory } from '@/messenger/history/useHistory';
import { useInbox } from '@/messenger/list/useInbox';
import { logRows } from '@/messenger/log/logRows';
import { useEditing, useMessageChanges } from '@/messenger/log/useEditing';
import { useReactions } from '@/messenger/log/useReactions';
// Loads it together with the page.
import '@/messenger/outbox/openOutbox';
import { useOutbox, useUnsent } from '@/messenger/outbox/OutboxProvider';
import { useLimits } from '@/session/useSession';
import { useAttention } from '@/ui/environment';
import { useReadReceipts, useUnreadDivider } from './readReceipts';
import { useReply } from './useReply';

const noMessages: readonly Message[] = [];

/** The state of an open conversation: its messages with pending changes and unsent ones, and the actions on it. */
export function useConversation(contact: Contact) {
  const { id, readSeq, otherReadSeq } = contact;
  const { id: me } = useMe();
  const { editSeconds } = useLimits();
  const outbox = useOutbox();
  const unsent = useUnsent(id);
  const history = useHistory(contact);
  const changes = useMessageChanges(id);
  const reactions = useReactions(me, id);
  const editing = useEditing(me, id, changes);
  const hasAttention = useAttention();
  const [atEnd, setAtEnd] = useState(false);
  const received = (history.data && lastReceived(history.data, me)?.seq) ?? 0;
  const { newAfter, clear } = useUnreadDivider(contact, received, hasAttention);
  useReadReceipts(contact, history.data, me, hasAttention && atEnd);

  // Opened again, it is no longer left for later. Only then: a window that shows it anyway does not take the mark away.
  const change = useInbox(contact, true);
  const onOpen = useEffectEvent(() => {
    if (contact.markedUnread) {
      change({ markedUnread: false });
    }
  });
  useEffect(() => onOpen(), []);

  const messages = reactions.applied(changes.applied(history.data?.messages ?? noMessages));
  const reply = useReply(me, id, messages);
  const isComplete = history.data !== undefined && olderThan(history.data) === undefined;
  const rows = useMemo(
    () => logRows({ me, messages, unsent, isComplete, newAfter, otherReadSeq }),
    [me, messages, unsent, isComplete, newAfter, otherReadSeq],
  );
  return {
    me,
    history,
    messages,
    unsent,
    rows,
    isComplete,
    /** How many messages of the other member are unread. */
    unread: messages.filter((message) => message.from !== me && message.seq > readSeq).length,
    editing,
    setAtEnd,
    reply,
    react: reactions.react,
    send: (text: string, files: readonly FileToSend[]) => {
      outbox.add(id, text, files, reply.quote?.deleted ? undefined : reply.quote);
      reply.cancel();
      clear();
    },
    editLast: () => {
      const last = messages.findLast((message) => isChangeable(message, me, serverNow(), editSeconds));
      if (last) {
        editing.start(last);
      }
    },
    remove: changes.remove,
  };
}
