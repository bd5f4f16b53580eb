import { type KeyboardEvent, type Ref, useImperativeHandle, useLayoutEffect, useRef } from 'react';
import { messengerTexts } from '@/texts/messenger';
import { useCoarsePointer } from '@/ui/environment';
import { isEnter } from '@/ui/keyboard';
import styles from './MessageField.module.css';

interface MessageFieldProps {
  readonly label: string;
  readonly placeholder?: string;
  readonly describedBy?: string | undefined;
  readonly invalid?: boolean;
  readonly value: string;
  readonly onChange: (text: string) => void;
  /** Enter was pressed. Not called with an on-screen keyboard, where Enter starts a new line and a button submits. */
  readonly onEnter: () => void;
  readonly onKeyDown?: (event: KeyboardEvent<HTMLTextAreaElement>) => void;
  readonly ref?: Ref<HTMLTextAreaElement>;
}

/** A text field that grows with its content, up to a few lines. */
export function MessageField({
  label,
  placeholder,
  describedBy,
  invalid = false,
  value,
  onChange,
  onEnter,
  onKeyDown,
  ref,
}: MessageFieldProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  useImperativeHandle<HTMLTextAreaElement | null, HTMLTextAreaElement | null>(ref, () => field.current);
  const coarse = useCoarsePointer();
  useLayoutEffect(() => {
    // For browsers without `field-sizing`.
    if (field.current && !CSS.supports('field-sizing', 'content')) {
      field.current.style.height = 'auto';
      field.current.style.height = `${field.current.scrollHeight + 2}px`;
    }
  }, [value]);
  return (
    <textarea
      ref={field}
      className={styles.field}
      rows={1}
      dir="auto"
      aria-label={label}
      aria-describedby={describedBy}
      aria-invalid={invalid || undefined}
      placeholder={placeholder}
      value={value}
      enterKeyHint={coarse ? 'enter' : 'send'}
      onChange={(event) => onChange(event.target.value)}
      onKeyDown={(event) => {
        if (isEnter(event) && !event.shiftKey && (!coarse || event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          onEnter();
          return;
        }

        onKeyDown?.(event);
      }}
    />
  );
}

const worthTelling = 200;

/** How many characters are left or too many; undefined while there is plenty of room. */
export function remainingText(characters: number, most: number): string | undefined {
  const left = most - characters;
  if (left < 0) {
    return messengerTexts.tooMany(-left);
  }

  return left <= worthTelling ? messengerTexts.left(left) : undefined;
}
