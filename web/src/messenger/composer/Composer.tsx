import { SendHorizontal } from 'lucide-react';
import { type KeyboardEvent, type Ref, useEffect, useId, useImperativeHandle, useRef, useState } from 'react';
import { useApi } from '@/api/client';
import type { Contact } from '@/api/types';
import { isolated } from '@/members/names';
import { useMe } from '@/members/useMe';
import { draftKey, useDraft } from '@/session/drafts';
import { useLimits } from '@/session/useSession';
import { messengerTexts as said } from '@/texts/messenger';
import { useCoarsePointer } from '@/ui/environment';
import { charactersIn } from '@/ui/Field';
import { IconButton } from '@/ui/IconButton';
import { navigate, useLocation } from '@/ui/router';
import { useToasts } from '@/ui/toasts';
import styles from './Composer.module.css';
import { remainingText, MessageField } from './MessageField';
import { appended } from './termsMessage';

// The other side shows a typing event for a few seconds.
const typingInterval = 3_000;

interface ComposerProps {
  readonly contact: Contact;
  readonly onSend: (text: string) => void;
  /** Called to edit the last message. */
  readonly onEditLast: () => void;
  readonly ref?: Ref<ComposerHandle>;
}

/** What other parts of the conversation do with the composer. */
export interface ComposerHandle {
  readonly focus: () => void;
  /** Puts a text after what is typed, for the member to look over and send. */
  readonly append: (text: string) => void;
}

/** The field for a new message. Its text is kept until it is sent. */
export function Composer({ contact: { id, other }, onSend, onEditLast, ref }: ComposerProps) {
  const { id: me } = useMe();
  const [text, setText] = useDraft(draftKey(me, 'message', id));
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
  const about = useId();
  const count = charactersIn(text);
  const { message: maxLength } = useLimits();
  const length = remainingText(count, maxLength);
  const canSend = count > 0 && count <= maxLength;
  // The member pressed Send in vain.
  const [asked, setAsked] = useState(false);
  const toasts = useToasts();
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
  }));
  const waits = count === 0 ? said.writeFirst : said.tooLong;
  const send = () => {
    setAsked(!canSend);
    if (canSend) {
      setText('');
      onSend(text.trim());
    }

    field.current?.focus();
  };
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && !event.nativeEvent.isComposing) {
      // The draft stays.
      navigate('/messages');
    }

    if (event.key === 'ArrowUp' && text === '') {
      event.preventDefault();
      onEditLast();
    }
  };
  return (
    <form
      className={styles.composer}
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <MessageField
        ref={field}
        label={said.writeTo(isolated(other.displayName))}
        placeholder={said.write}
        describedBy={about}
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
