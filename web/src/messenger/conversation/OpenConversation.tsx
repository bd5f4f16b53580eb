import { useRef, useState } from 'react';
import type { Contact, Message } from '@/api/types';
import { isReadable } from '@/contacts/contactChanges';
import { isolated } from '@/members/names';
import { Composer, type ComposerHandle } from '@/messenger/composer/Composer';
import { LogSkeleton, MessageLog } from '@/messenger/log/MessageLog';
import { ReportDialog } from '@/safety/ReportDialog';
import { messengerTexts as said } from '@/texts/messenger';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { ProblemNotice } from '@/ui/Notice';
import { useTitle } from '@/ui/title';
import { MessageAnnouncer, UnsentAnnouncer } from './Announcers';
import styles from './Conversation.module.css';
import { ConversationHead } from './ConversationHead';
import { ConversationEnded, NotConnectedNotice } from './NotConnected';
import { useConversation } from './useConversation';

/** A conversation: its head, its messages, and the composer. */
export function OpenConversation({ contact }: { readonly contact: Contact }) {
  const { id, other } = contact;
  useTitle(other.displayName);
  const { me, history, messages, unsent, rows, isComplete, unread, editing, setAtEnd, send, editLast, remove } = useConversation(contact);
  const [asked, setAsked] = useState<{ readonly message: Message; readonly action: 'delete' | 'report' }>();
  const composer = useRef<ComposerHandle>(null);
  const section = useRef<HTMLElement>(null);
  const isConnected = contact.state === 'connected';
  const canRead = isReadable(contact);
  const isEmpty = !isConnected && rows.length === 0 && (!canRead || history.data !== undefined);
  const close = () => setAsked(undefined);
  return (
    <section ref={section} className={styles.conversation} aria-label={said.conversationWith(isolated(other.displayName))}>
      <ConversationHead contact={contact} onSendTerms={(text) => composer.current?.append(text)} />
      {isEmpty ? (
        <NotConnectedNotice contact={contact} />
      ) : history.data || !canRead ? (
        <MessageLog
          contact={contact}
          rows={rows}
          hasOlder={canRead && history.data !== undefined && !isComplete}
          unread={unread}
          editing={editing}
          onAtEnd={setAtEnd}
          onLeave={() => composer.current?.focus()}
          onDelete={(message) => setAsked({ message, action: 'delete' })}
          onReport={(message) => setAsked({ message, action: 'report' })}
        />
      ) : history.isError ? (
        <ProblemNotice error={history.error} retry={() => void history.refetch()} />
      ) : (
        <LogSkeleton />
      )}
      {isConnected ? (
        <Composer ref={composer} contact={contact} onSend={send} onEditLast={editLast} />
      ) : (
        !isEmpty && <ConversationEnded contact={contact} />
      )}
      <MessageAnnouncer name={other.displayName} messages={messages} me={me} />
      <UnsentAnnouncer unsent={unsent} />
      {asked?.action === 'delete' && (
        <ConfirmDialog
          title={said.deleteTitle}
          confirm={said.deleteConfirm}
          tone="danger"
          onConfirm={() => {
            close();
            void remove(asked.message);
            // The dialog would return the focus to the message's menu button, which disappears with the text.
            requestAnimationFrame(() => section.current?.querySelector<HTMLElement>(`[data-seq="${asked.message.seq}"]`)?.focus());
          }}
          onClose={close}
        >
          <p>{said.deleteMeans}</p>
        </ConfirmDialog>
      )}
      {asked?.action === 'report' && <ReportDialog target={{ connectionId: id, seq: asked.message.seq }} member={other} onClose={close} />}
    </section>
  );
}
