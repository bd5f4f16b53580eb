import { SendHorizontal } from 'lucide-react';
import { useEffect, useId, useImperativeHandle, useRef, type KeyboardEvent, type Ref } from 'react';
import { useLocation } from 'react-router';
import type { Contact } from '../../api/types';
import { useMe } from '../../members/useMe';
import { useLimits } from '../../session/useLimits';
import { charactersIn } from '../../ui/characters';
import { IconButton } from '../../ui/IconButton';
import { useCoarsePointer } from '../../ui/useCoarsePointer';
import { useTellTyping } from '../conversation/useTyping';
import { draftKey } from '../drafts';
import styles from './Composer.module.css';
import { lengthWords } from './length';
import { MessageField } from './MessageField';
import { useDraft } from './useDraft';

interface ComposerProps {
  readonly contact: Contact;
  readonly onSend: (text: string) => void;
  /** Asked to edit what was sent last. */
  readonly onEditLast: () => void;
  readonly ref?: Ref<HTMLTextAreaElement>;
}

/** Where a message is written. What is typed is kept until it is sent. */
export function Composer({ contact: { id, other }, onSend, onEditLast, ref }: ComposerProps) {
  const { id: me } = useMe();
  const [text, setText] = useDraft(draftKey(me, 'message', id));
  const tellTyping = useTellTyping(id);
  const coarse = useCoarsePointer();
  const field = useRef<HTMLTextAreaElement>(null);
  useImperativeHandle<HTMLTextAreaElement | null, HTMLTextAreaElement | null>(ref, () => field.current);
  // By touch, that would bring up the keyboard before anybody has read.
  const takesFocus = useLocation().key !== 'default' && !coarse;
  useEffect(() => {
    if (takesFocus) {
      field.current?.focus();
    }
  }, [takesFocus]);
  const about = useId();
  const count = charactersIn(text);
  const { message: mostCharacters } = useLimits();
  const length = lengthWords(count, mostCharacters);
  const canSend = count > 0 && count <= mostCharacters;
  const send = () => {
    if (canSend) {
      setText('');
      onSend(text.trim());
    }

    field.current?.focus();
  };
  const keys = (event: KeyboardEvent) => {
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
        label={`Message to ${other.displayName}`}
        placeholder="Write a message"
        describedBy={about}
        invalid={count > mostCharacters}
        value={text}
        onChange={(next) => {
          setText(next);
          if (next.trim() !== '') {
            tellTyping();
          }
        }}
        onEnter={send}
        onKeyDown={keys}
      />
      <IconButton type="submit" label="Send" icon={SendHorizontal} className={styles.send} aria-disabled={!canSend || undefined} />
      <p id={about} className={styles.about}>
        <span className="visually-hidden">{coarse ? '' : 'Enter sends. Shift and Enter makes a new line. '}</span>
        {length !== undefined && <span data-over={count > mostCharacters || undefined}>{length}</span>}
      </p>
      <span role="status" className="visually-hidden">
        {count > mostCharacters ? 'The message is too long to send.' : ''}
      </span>
    </form>
  );
}
