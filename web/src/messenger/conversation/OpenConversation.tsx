import { type ComponentProps, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import type { Contact, Message } from '@/api/types';
import { isReadable } from '@/contacts/contactChanges';
import { isolated } from '@/members/names';
import { Composer, type ComposerHandle } from '@/messenger/composer/Composer';
import { useFileDrop } from '@/messenger/composer/useFileDrop';
import { isPicture } from '@/files/fileKinds';
import type { PictureViewer } from '@/messenger/files/PictureViewer';
import type { SentFile } from '@/messenger/files/useFileLink';
import { OpenPictureProvider } from '@/messenger/files/viewing';
import { LogSkeleton, MessageLog } from '@/messenger/log/MessageLog';
import { MessageSearch } from '@/messenger/search/MessageSearch';
import type { SearchHit } from '@/messenger/search/useMessageSearch';
import { ReportDialog } from '@/safety/ReportDialog';
import { fileTexts } from '@/texts/files';
import { messengerTexts as said } from '@/texts/messenger';
import { ConfirmDialog } from '@/ui/ConfirmDialog';
import { isSingleKey } from '@/ui/keyboard';
import { lazyPage } from '@/ui/lazyPage';
import { Loading } from '@/ui/Loading';
import { ProblemNotice } from '@/ui/Notice';
import { useTitle } from '@/ui/title';
import { MessageAnnouncer, ReactionAnnouncer, UnsentAnnouncer } from './Announcers';
import styles from './Conversation.module.css';
import { ConversationHead } from './ConversationHead';
import { ConversationEnded, NotConnectedNotice } from './NotConnected';
import { useConversation } from './useConversation';

const viewer = lazyPage<ComponentProps<typeof PictureViewer>>(async () => (await import('@/messenger/files/PictureViewer')).PictureViewer);

/** A conversation: its head, its messages, and the composer. */
export function OpenConversation({ contact }: { readonly contact: Contact }) {
  const { id, other } = contact;
  useTitle(other.displayName);
  const { me, history, messages, unsent, rows, isComplete, unread, editing, setAtEnd, reply, react, send, editLast, remove } =
    useConversation(contact);
  const [asked, setAsked] = useState<{ readonly message: Message; readonly action: 'delete' | 'report' }>();
  const [isSearching, setSearching] = useState(false);
  const [found, setFound] = useState<SearchHit>();
  const composer = useRef<ComposerHandle>(null);
  const section = useRef<HTMLElement>(null);
  const isConnected = contact.state === 'connected';
  const canRead = isReadable(contact);
  const isEmpty = !isConnected && rows.length === 0 && (!canRead || history.data !== undefined);
  const close = () => setAsked(undefined);
  const canSearch = canRead && messages.length > 0;
  const endSearch = () => {
    setSearching(false);
    setFound(undefined);
    section.current?.querySelector<HTMLElement>('[data-search]')?.focus();
  };
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (canSearch && isSingleKey(event) && event.key.toLowerCase() === 'f') {
      event.preventDefault();
      setSearching(true);
      section.current?.querySelector<HTMLElement>('search input')?.focus();
    }
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);
  const [viewed, setViewed] = useState<SentFile>();
  const pictures = useMemo(() => picturesOf(messages), [messages]);
  const { isOver, drop } = useFileDrop((files) => composer.current?.addFiles(files), isConnected);
  return (
    <section ref={section} className={styles.conversation} aria-label={said.conversationWith(isolated(other.displayName))} {...drop}>
      <div className={styles.top}>
        <ConversationHead
          contact={contact}
          onSendTerms={(text) => composer.current?.append(text)}
          onSearch={canSearch ? () => (isSearching ? endSearch() : setSearching(true)) : undefined}
          isSearching={isSearching}
        />
        {isSearching && canSearch && <MessageSearch contact={contact} onFound={setFound} onClose={endSearch} />}
      </div>
      {isEmpty ? (
        <NotConnectedNotice contact={contact} />
      ) : history.data || !canRead ? (
        <OpenPictureProvider value={setViewed}>
          <MessageLog
            contact={contact}
            rows={rows}
            hasOlder={canRead && history.data !== undefined && !isComplete}
            unread={unread}
            editing={editing}
            found={found}
            onAtEnd={setAtEnd}
            onLeave={() => composer.current?.focus()}
            onReply={
              isConnected
                ? (message) => {
                    reply.start(message);
                    composer.current?.focus();
                  }
                : undefined
            }
            onReact={isConnected ? react : undefined}
            onDelete={(message) => setAsked({ message, action: 'delete' })}
            onReport={(message) => setAsked({ message, action: 'report' })}
          />
        </OpenPictureProvider>
      ) : history.isError ? (
        <ProblemNotice error={history.error} retry={() => void history.refetch()} />
      ) : (
        <LogSkeleton />
      )}
      {isConnected ? (
        <Composer ref={composer} contact={contact} reply={reply.quote} onCancelReply={reply.cancel} onSend={send} onEditLast={editLast} />
      ) : (
        !isEmpty && <ConversationEnded contact={contact} />
      )}
      <MessageAnnouncer name={other.displayName} messages={messages} me={me} />
      <ReactionAnnouncer name={other.displayName} messages={messages} otherId={other.id} />
      <UnsentAnnouncer unsent={unsent} />
      {isOver && <p className={styles.drop}>{fileTexts.dropHere}</p>}
      {viewed && (
        <Loading resetKey={viewed.file.id}>
          <viewer.Page pictures={pictures} first={viewed} onClose={() => setViewed(undefined)} />
        </Loading>
      )}
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
          <p>{asked.message.files ? fileTexts.deleteMeans : said.deleteMeans}</p>
        </ConfirmDialog>
      )}
      {asked?.action === 'report' && <ReportDialog target={{ connectionId: id, seq: asked.message.seq }} member={other} onClose={close} />}
    </section>
  );
}

/** The pictures that can be shown, the oldest first. */
function picturesOf(messages: readonly Message[]): readonly SentFile[] {
  return messages.flatMap((message) =>
    (message.files ?? []).filter(({ type, state }) => isPicture(type) && state === 'ready').map((file) => ({ message, file })),
  );
}
