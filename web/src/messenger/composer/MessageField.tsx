import { type KeyboardEvent, type Ref, useImperativeHandle, useLayoutEffect, useRef } from 'react';
import { useCoarsePointer } from '@/ui/environment';
import styles from './MessageField.module.css';

interface MessageFieldProps {
  readonly label: string;
  readonly placeholder?: string;
  readonly describedBy?: string | undefined;
  readonly invalid?: boolean;
  readonly value: string;
  readonly onChange: (text: string) => void;
  /** Enter was pressed to be done; on a keyboard on the screen it makes a new line, and a button is there to be done. */
  readonly onEnter: () => void;
  readonly onKeyDown?: (event: KeyboardEvent<HTMLTextAreaElement>) => void;
  readonly ref?: Ref<HTMLTextAreaElement>;
}

/** A field that grows with what is written in it, up to a few lines. */
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
    // Browsers that cannot size it by its content.
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
        // Enter that picks a word of an input method is no Enter of ours.
        if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing && (!coarse || event.ctrlKey || event.metaKey)) {
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

/** What to say of a text's length, of which so much is allowed; nothing while there is room enough. */
export function remainingText(characters: number, most: number): string | undefined {
  const left = most - characters;
  if (left < 0) {
    return left === -1 ? '1 character too many' : `${-left} characters too many`;
  }

  return left <= worthTelling ? `${left} left` : undefined;
}
