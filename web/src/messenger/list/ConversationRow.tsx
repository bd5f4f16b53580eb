import { BellOff, CircleAlert, Ellipsis, Pin } from 'lucide-react';
import { useState } from 'react';
import type { Contact } from '@/api/types';
import { formatBadge, isolated } from '@/members/names';
import { useMe } from '@/members/useMe';
import { lastMessageInWords } from '@/messenger/files/fileWords';
import { formatShort } from '@/messenger/history/times';
import { useUnsent } from '@/messenger/outbox/OutboxProvider';
import { messengerTexts as said } from '@/texts/messenger';
import { texts } from '@/texts/texts';
import { Avatar } from '@/ui/Avatar';
import { IconButton } from '@/ui/IconButton';
import { Menu } from '@/ui/Menu';
import { NavLink, useMatch } from '@/ui/router';
import { formatDateTime, useNow } from '@/ui/Time';
import { useLongPress } from '@/ui/useLongPress';
import styles from './ConversationRow.module.css';
import { InboxItems } from './InboxItems';

/** A conversation in the list: the other member, the last message, and the unread count. */
export function ConversationRow({ contact }: { readonly contact: Contact }) {
  const { id: me } = useMe();
  const now = useNow();
  const notSent = useUnsent(contact.id).some((entry) => entry.state !== 'sending');
  const { other, lastMessage, answeredAt, endedAt } = contact;
  // What came last before the end can no longer be marked as read.
  const unread = endedAt === undefined ? contact.unread : 0;
  const isUnread = unread > 0 || contact.markedUnread === true;
  const pressed = useLongPress((row) => row.parentElement?.querySelector<HTMLElement>('[popovertarget]')?.click());
  const at = endedAt ?? lastMessage?.sentAt ?? answeredAt;
  return (
    <li className={styles.item} data-row>
      <NavLink
        to={`/messages/${encodeURIComponent(contact.id)}`}
        state={{ fromList: true }}
        className={styles.row}
        data-connection={contact.id}
        data-unread={isUnread || undefined}
        {...pressed}
      >
        <Avatar name={other.displayName} url={other.avatarUrl} />
        <span className={styles.words}>
          <span className={styles.line}>
            <span className={styles.name} dir="auto">
              {other.displayName}
            </span>
            <Marks contact={contact} />
            {at !== undefined && (
              <time className={styles.at} dateTime={at} title={formatDateTime(at)}>
                {endedAt === undefined ? formatShort(at, now) : said.listEndedAt(formatShort(at, now))}
              </time>
            )}
          </span>
          <span className={styles.line}>
            <LastLine contact={contact} me={me} />
            {notSent && (
              <span className={styles.notSent}>
                <CircleAlert size={18} aria-hidden="true" />
                <span className="visually-hidden">{said.notSent}</span>
              </span>
            )}
            {isUnread && (
              <span className={styles.unread} data-muted={contact.muted}>
                <span aria-hidden="true">{unread > 0 && formatBadge(unread)}</span>
                <span className="visually-hidden">{unread > 0 ? texts.app.unread(unread) : said.markedUnread}</span>
              </span>
            )}
          </span>
        </span>
      </NavLink>
      {contact.state === 'connected' && <RowMenu contact={contact} />}
    </li>
  );
}

/** How the conversation stands in the inbox, beside the name. */
function Marks({ contact: { pinned, muted } }: { readonly contact: Contact }) {
  return (
    <span className={styles.marks}>
      {pinned && (
        <span title={said.pinned}>
          <Pin size={14} aria-hidden="true" />
          <span className="visually-hidden">{`, ${said.pinned}`}</span>
        </span>
      )}
      {muted && (
        <span title={said.muted}>
          <BellOff size={14} aria-hidden="true" />
          <span className="visually-hidden">{`, ${said.muted}`}</span>
        </span>
      )}
    </span>
  );
}

/** The menu of a conversation. Its items are created on opening, because there are as many menus as conversations. */
function RowMenu({ contact }: { readonly contact: Contact }) {
  const [isOpened, setIsOpened] = useState(false);
  const open = useMatch('/messages/:id?')?.id;
  return (
    <span className={styles.menu}>
      <Menu
        trigger={(opens) => (
          <IconButton
            label={said.rowMenu(isolated(contact.other.displayName))}
            icon={Ellipsis}
            size="small"
            onClick={() => setIsOpened(true)}
            {...opens}
          />
        )}
      >
        {isOpened && <InboxItems contact={contact} isOpen={open === contact.id} />}
      </Menu>
    </span>
  );
}

/** The last message, on one line. */
function LastLine({ contact: { lastMessage, endedAt }, me }: { readonly contact: Contact; readonly me: string }) {
  if (!lastMessage) {
    return <span className={styles.last}>{endedAt === undefined ? said.hello : said.noMessages}</span>;
  }

  const words = lastMessage.deleted ? <em>{texts.common.deletedMessage}</em> : <bdi>{lastMessageInWords(lastMessage)}</bdi>;
  return <span className={styles.last}>{lastMessage.from === me ? texts.common.youWrote(words) : words}</span>;
}
