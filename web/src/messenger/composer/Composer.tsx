import { SendHorizontal } from 'lucide-react';
import { type ClipboardEvent, type KeyboardEvent, type Ref, useEffect, useId, useImperativeHandle, useRef, useState } from 'react';
import { useApi } from '@/api/client';
import type { Contact, Quote } from '@/api/types';
import { isolated } from '@/members/names';
import { useMe } from '@/members/useMe';
import type { FileToSend } from '@/messenger/files/FileToSend';
import { insertText } from '@/savedTexts/insertText';
import { SavedTextsMenu } from '@/savedTexts/SavedTextsMenu';
import { draftKey, useDraft } from '@/session/drafts';
import { useLimits } from '@/session/useSession';
import { fileTexts } from '@/texts/files';
import { messengerTexts as said } from '@/texts/messenger';
import { useCoarsePointer } from '@/ui/environment';
import { charactersIn } from '@/ui/Field';
import { IconButton } from '@/ui/IconButton';
import { navigate, useLocation } from '@/ui/router';
import { useToasts } from '@/ui/toasts';
import { AttachButton } from './AttachButton';
import { Attachments } from './Attachments';
import styles from './Composer.module.css';
import { remainingText, MessageField } from './MessageField';
import { ReplyBar } from './ReplyBar';
import { appended } from './termsMessage';
import { pastedFiles } from './pastedFiles';
import { useAttachments } from './useAttachments';

// The other side shows a typing event for a few seconds.
const typingInterval = 3_000;

interface ComposerProps {
  readonly contact: Contact;
  /** What the message replies to. */
  readonly reply: Quote | undefined;
  readonly onCancelReply: () => void;
  readonly onSend: (text: string, files: readonly FileToSend[]) => void;
  /** Called to edit the last message. */
  readonly onEditLast: () => void;
  readonly ref?: Ref<ComposerHandle>;
}

/** What other parts of the conversation do with the composer. */
export interface ComposerHandle {
  readonly focus: () => void;
  /** Puts a text after what is typed, for the member to look over and send. */
  readonly append: (text: string) => void;
  readonly addFiles: (files: readonly File[]) => void;
}

/** The field for a new message. Its text and its files are kept until it is sent. */
export function Composer({ contact: { id, other }, reply, onCancelReply, onSend, onEditLast, ref }: ComposerProps) {
  const { id: me } = useMe();
  const [text, setText] = useDraft(draftKey(me, 'message', id));
  const attachments = useAttachments(me, id);
  const tellTyping = useTellTyping(id);
  const coarse = useCoarsePointer();
  const field = useRef<HTMLTextAreaElement>(null);
  // By touch, the focus would open the on-screen keyboard before anybody has read.
  const takesFocus = useLocation().key !== 'default' && !coarse;
  useEffect(() => {
    if (takesFocus) {
      field.current?.focus();
    }
  }, [takesFocus]);
  const [about, replyId] = [useId(), useId()];
  const cancelReply = () => {
    onCancelReply();
    field.current?.focus();
  };
  const count = charactersIn(text);
  const { message: maxLength } = useLimits();
  const length = remainingText(count, maxLength);
  const isEmpty = count === 0 && attachments.files.length === 0;
  const canSend = !isEmpty && count <= maxLength && attachments.preparing === 0;
  // The member pressed Send in vain.
  const [asked, setAsked] = useState(false);
  const toasts = useToasts();
  const add = (files: readonly File[]) => {
    setAsked(false);
    void attachments.add(files);
    field.current?.focus();
  };
  useImperativeHandle(ref, () => ({
    focus: () => field.current?.focus(),
    append: (added) => {
      const whole = appended(text, added, (either) => charactersIn(either) <= maxLength);
      if (whole === undefined) {
        toasts.refuse(said.expectNoRoom, said.expectNoRoomWhy);
      } else {
        setText(whole);
        setAsked(false);
      }

      field.current?.focus();
    },
    addFiles: add,
  }));
  const waits = attachments.preparing > 0 ? fileTexts.preparing : isEmpty ? said.writeFirst : said.tooLong;
  const send = () => {
    setAsked(!canSend);
    if (canSend) {
      setText('');
      onSend(text.trim(), attachments.take());
    }

    field.current?.focus();
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && !event.nativeEvent.isComposing) {
      if (reply) {
        onCancelReply();
      } else {
        // The draft stays.
        navigate('/messages');
      }
    }

    if (event.key === 'ArrowUp' && text === '') {
      event.preventDefault();
      onEditLast();
    }
  };
  const paste = (event: ClipboardEvent) => {
    const files = pastedFiles(event.clipboardData);
    // A dialog of the form is in it for React, and not on the page.
    if (files.length > 0 && event.currentTarget.contains(event.target as Node)) {
      event.preventDefault();
      add(files);
    }
  };
  return (
    <form
      className={styles.composer}
      onPaste={paste}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {reply && <ReplyBar id={replyId} quote={reply} name={reply.from === me ? undefined : other.displayName} onCancel={cancelReply} />}
      <Attachments
        files={attachments.files}
        preparing={attachments.preparing}
        onDescribe={attachments.describe}
        onRemove={(key) => {
          attachments.remove(key);
          field.current?.focus();
        }}
        onDone={() => field.current?.focus()}
      />
      <AttachButton onPick={add} />
      <SavedTextsMenu typed={text} onInsert={(saved) => insertText(field.current, saved)} />
      <MessageField
        ref={field}
        label={said.writeTo(isolated(other.displayName))}
        placeholder={said.write}
        describedBy={reply ? `${replyId} ${about}` : about}
        invalid={count > maxLength}
        value={text}
        onChange={(next) => {
          setText(next);
          setAsked(false);
          if (next.trim() !== '') {
            tellTyping();
          }
        }}
        onEnter={send}
        onKeyDown={keys}
      />
      <IconButton type="submit" label={said.send} icon={SendHorizontal} className={styles.send} aria-disabled={!canSend || undefined} />
      <p id={about} className={styles.about}>
        {!coarse && <span className="visually-hidden">{said.keys}</span>} {asked && !canSend && <span>{waits}</span>}{' '}
        {length !== undefined && <span data-over={count > maxLength || undefined}>{length}</span>}
      </p>
      <span role="status" className="visually-hidden">
        {count > maxLength || asked ? waits : ''}
      </span>
    </form>
  );
}

/** Returns a function that sends the typing event, at most once in `typingInterval`. */
function useTellTyping(connectionId: string): () => void {
  const api = useApi();
  const sentAt = useRef(0);
  return () => {
    const now = Date.now();
    if (now - sentAt.current >= typingInterval) {
      sentAt.current = now;
      // A lost typing event does no harm.
      api.calls.POST('/api/connections/{id}/typing', { params: { path: { id: connectionId } } }).catch(() => undefined);
    }
  };
}
