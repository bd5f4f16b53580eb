import { Archive, ArchiveRestore, Bell, BellOff, Mail, MailOpen, Pin, PinOff } from 'lucide-react';
import { useQueryClient } from '@tanstack/react-query';
import { useApi } from '@/api/client';
import type { Contact } from '@/api/types';
import { showRead } from '@/messenger/history/chatCache';
import { messengerTexts as said } from '@/texts/messenger';
import { MenuItem } from '@/ui/Menu';
import { navigate } from '@/ui/router';
import { useInbox } from './useInbox';

interface InboxItemsProps {
  readonly contact: Contact;
  /** Whether the conversation is open. Put away or left for later, it closes. */
  readonly isOpen: boolean;
}

/** The items of a menu that change how a conversation stands in the inbox. */
export function InboxItems({ contact, isOpen }: InboxItemsProps) {
  const change = useInbox(contact);
  const markRead = useMarkRead(contact);
  const { archived = false, pinned = false, muted = false, markedUnread = false, unread } = contact;
  const close = () => {
    if (isOpen) {
      navigate('/messages');
    }
  };
  return (
    <>
      <MenuItem icon={pinned ? PinOff : Pin} onSelect={() => change({ pinned: !pinned })}>
        {pinned ? said.unpin : said.pin}
      </MenuItem>
      {unread > 0 || markedUnread ? (
        <MenuItem icon={MailOpen} onSelect={() => (unread > 0 ? markRead() : change({ markedUnread: false }))}>
          {said.markRead}
        </MenuItem>
      ) : (
        <MenuItem
          icon={Mail}
          onSelect={() => {
            close();
            change({ markedUnread: true });
          }}
        >
          {said.markUnread}
        </MenuItem>
      )}
      <MenuItem icon={muted ? Bell : BellOff} onSelect={() => change({ muted: !muted })}>
        {muted ? said.unmute : said.mute}
      </MenuItem>
      <MenuItem
        icon={archived ? ArchiveRestore : Archive}
        onSelect={() => {
          if (!archived) {
            close();
          }

          change({ archived: !archived });
        }}
      >
        {archived ? said.unarchive : said.archive}
      </MenuItem>
    </>
  );
}

/** Marks a conversation as read without opening it. If that fails, the next read of the list shows it as unread again. */
function useMarkRead({ id, lastMessage }: Contact): () => void {
  const api = useApi();
  const cache = useQueryClient();
  return () => {
    if (lastMessage) {
      showRead(cache, id, lastMessage.seq);
      api.calls
        .PUT('/api/connections/{id}/read', { params: { path: { id } }, body: { seq: lastMessage.seq } })
        .catch(() => cache.invalidateQueries({ queryKey: [] }));
    }
  };
}
