import { useMemo, useRef, useState } from 'react';
import type { Contact, Message } from '../../api/types';
import { useMe } from '../../members/useMe';
import { ReportDialog } from '../../safety/ReportDialog';
import { useLimits } from '../../session/useLimits';
import { ProblemNotice } from '../../ui/ProblemNotice';
import { useAttention } from '../../ui/useAttention';
import { useTitle } from '../../ui/useTitle';
import { Composer } from '../composer/Composer';
import { isChangeable } from '../changeable';
import { lastReceived, olderThan } from '../history';
import { logRows } from '../log/logRows';
import { LogSkeleton } from '../log/LogSkeleton';
import { MessageLog } from '../log/MessageLog';
import { useOutbox, useUnsent } from '../outbox/useOutbox';
import { useHistory } from '../useHistory';
import { Announcer } from './Announcer';
import { ConversationEnded } from './ConversationEnded';
import { ConversationHead } from './ConversationHead';
import { DeleteMessageDialog } from './DeleteMessageDialog';
import { NoTalk } from './NoTalk';
import styles from './OpenConversation.module.css';
import { UnsentAnnouncer } from './UnsentAnnouncer';
import { useEditing } from './useEditing';
import { useMessageChanges } from './useMessageChanges';
import { useNewMark } from './useNewMark';
import { useReadMark } from './useReadMark';

const nothing: readonly Message[] = [];

/** A conversation: who with, what was said, and what to say next. */
export function OpenConversation({ contact }: { readonly contact: Contact }) {
  const { id, other } = contact;
  useTitle(other.displayName);
  const { id: me } = useMe();
  const { editSeconds } = useLimits();
  const outbox = useOutbox();
  const unsent = useUnsent(id);
  const history = useHistory(contact);
  const changes = useMessageChanges(id);
  const editing = useEditing(me, id, changes);
  const hasAttention = useAttention();
  const [atEnd, setAtEnd] = useState(false);
  const [asked, setAsked] = useState<{ readonly about: Message; readonly to: 'delete' | 'report' }>();
  const composer = useRef<HTMLTextAreaElement>(null);
  const section = useRef<HTMLElement>(null);
  const isConnected = contact.state === 'connected';
  const received = (history.data && lastReceived(history.data, me)?.seq) ?? 0;
  const { newAfter, clear } = useNewMark(contact, received, hasAttention);
  useReadMark(contact, history.data, me, hasAttention && atEnd);

  const messages = changes.applied(history.data?.messages ?? nothing);
  const isWhole = history.data !== undefined && olderThan(history.data) === undefined;
  const { otherReadSeq, readSeq } = contact;
  const rows = useMemo(
    () => logRows({ me, messages, unsent, isWhole, newAfter, otherReadSeq }),
    [me, messages, unsent, isWhole, newAfter, otherReadSeq],
  );
  const close = () => setAsked(undefined);
  return (
    <section ref={section} className={styles.conversation} aria-label={`Conversation with ${other.displayName}`}>
      <ConversationHead contact={contact} />
      {!isConnected && rows.length === 0 ? (
        <NoTalk contact={contact} />
      ) : history.data || !isConnected ? (
        <MessageLog
          contact={contact}
          rows={rows}
          hasOlder={isConnected && history.data !== undefined && !isWhole}
          unseen={messages.filter((message) => message.from !== me && message.seq > readSeq).length}
          editing={editing}
          onAtEnd={setAtEnd}
          onLeave={() => composer.current?.focus()}
          onDelete={(message) => setAsked({ about: message, to: 'delete' })}
          onReport={(message) => setAsked({ about: message, to: 'report' })}
        />
      ) : history.isError ? (
        <ProblemNotice error={history.error} retry={() => void history.refetch()} />
      ) : (
        <LogSkeleton />
      )}
      {isConnected ? (
        <Composer
          ref={composer}
          contact={contact}
          onSend={(text) => {
            outbox.add(id, text);
            clear();
          }}
          onEditLast={() => {
            const last = messages.findLast((message) => isChangeable(message, me, Date.now(), editSeconds));
            if (last) {
              editing.start(last);
            }
          }}
        />
      ) : (
        rows.length > 0 && <ConversationEnded contact={contact} />
      )}
      <Announcer name={other.displayName} messages={messages} me={me} />
      <UnsentAnnouncer unsent={unsent} />
      {asked?.to === 'delete' && (
        <DeleteMessageDialog
          onClose={close}
          onDelete={() => {
            close();
            void changes.remove(asked.about);
            // The button that the dialog would give the focus back to goes with the message's text.
            requestAnimationFrame(() => section.current?.querySelector<HTMLElement>(`[data-seq="${asked.about.seq}"]`)?.focus());
          }}
        />
      )}
      {asked?.to === 'report' && <ReportDialog target={{ connectionId: id, seq: asked.about.seq }} member={other} onClose={close} />}
    </section>
  );
}
