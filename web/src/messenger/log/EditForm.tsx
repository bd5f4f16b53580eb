import { useEffect, useId, useRef } from 'react';
import { remainingText, MessageField } from '@/messenger/composer/MessageField';
import { useLimits } from '@/session/useSession';
import { messengerTexts } from '@/texts/messenger';
import { texts } from '@/texts/texts';
import { Button } from '@/ui/Button';
import { charactersIn } from '@/ui/Field';
import styles from './EditForm.module.css';
import type { Editing } from './useEditing';

const justNow = 1_000;

interface EditFormProps {
  readonly editing: Editing;
  /** Whether the message has something else to say. */
  readonly mayBeEmpty: boolean;
  readonly onType: (text: string) => void;
  readonly onSave: (text: string) => void;
  readonly onCancel: () => void;
}

/** The form that replaces a message while it is edited. */
export function EditForm({ editing: { text, refused, startedAt }, mayBeEmpty, onType, onSave, onCancel }: EditFormProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const about = useId();
  useEffect(() => {
    const { current } = field;
    // Not when the form scrolls back into view while the member writes elsewhere.
    if (startedAt !== undefined && Date.now() - startedAt < justNow) {
      current?.focus();
      current?.setSelectionRange(current.value.length, current.value.length);
    }
  }, [startedAt]);
  const count = charactersIn(text);
  const { message: maxLength } = useLimits();
  const length = remainingText(count, maxLength);
  const canSave = (count > 0 || mayBeEmpty) && count <= maxLength;
  const save = () => {
    if (canSave) {
      onSave(text.trim());
    }
  };
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <MessageField
        ref={field}
        label={messengerTexts.editLabel}
        describedBy={about}
        invalid={count > maxLength || refused !== undefined}
        value={text}
        onChange={onType}
        onEnter={save}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            event.stopPropagation();
            onCancel();
          }
        }}
      />
      <p id={about} className={styles.about} role={refused === undefined ? undefined : 'alert'}>
        {refused ?? length}
      </p>
      <div className={styles.choices}>
        <Button size="small" tone="quiet" onClick={onCancel}>
          {texts.common.cancel}
        </Button>
        <Button size="small" tone="main" type="submit" aria-disabled={!canSave || undefined}>
          {texts.common.save}
        </Button>
      </div>
    </form>
  );
}
