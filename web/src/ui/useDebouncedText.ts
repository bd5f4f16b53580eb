import { useEffect, useEffectEvent, useState } from 'react';

const pause = 200;

/** A text field whose value is applied while the member types. */
export interface DebouncedText {
  readonly text: string;
  readonly setText: (text: string) => void;
  /** Applies the text now, without waiting for a pause. */
  readonly flush: () => void;
}

/**
 * A text that is applied when the typing pauses. A change from elsewhere, such as by Back, replaces the text.
 *
 * @param value the current value.
 * @param parse turns a text into a value; undefined if the text is invalid.
 * @param apply applies a value, which comes back as `value`, possibly later.
 */
export function useDebouncedText(
  value: string,
  parse: (text: string) => string | undefined,
  apply: (value: string) => void,
): DebouncedText {
  const [text, setText] = useState(value);
  const [seen, setSeen] = useState(value);
  // Values that were applied and have not come back yet. More may have been typed by the time they do.
  const [applied, setApplied] = useState<readonly string[]>([]);
  if (value !== seen) {
    setSeen(value);
    if (!applied.includes(value)) {
      setText(value);
    }

    setApplied(applied.slice(applied.indexOf(value) + 1));
  } else if (applied.at(-1) === value) {
    setApplied([]);
  }

  const flush = () => {
    const next = parse(text);
    if (next !== undefined && next !== (applied.at(-1) ?? value)) {
      setApplied([...applied, next]);
      apply(next);
    }
  };
  const whenPaused = useEffectEvent(flush);
  useEffect(() => {
    const timer = setTimeout(() => whenPaused(), pause);
    return () => clearTimeout(timer);
  }, [text]);
  return { text, setText, flush };
}
