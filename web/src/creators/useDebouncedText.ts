import { useEffect, useEffectEvent, useState } from 'react';

const pause = 200;

/** A text field whose value is applied while the member types. */
interface Typed {
  readonly text: string;
  readonly type: (text: string) => void;
  /** Applies the text now, without waiting for a pause. */
  readonly useNow: () => void;
}

/**
 * A field whose text is applied when the typing pauses. A change from elsewhere, such as by Back, replaces the text.
 *
 * @param shown the current value.
 * @param read turns a text into a value; undefined if the text is invalid.
 * @param use applies a value, which comes back as `shown`, possibly later.
 */
export function useDebouncedText(shown: string, read: (text: string) => string | undefined, use: (value: string) => void): Typed {
  const [text, setText] = useState(shown);
  const [seen, setSeen] = useState(shown);
  // Values that were applied and have not come back yet. More may have been typed by the time they do.
  const [used, setUsed] = useState<readonly string[]>([]);
  if (shown !== seen) {
    setSeen(shown);
    if (!used.includes(shown)) {
      setText(shown);
    }

    setUsed(used.slice(used.indexOf(shown) + 1));
  } else if (used.at(-1) === shown) {
    setUsed([]);
  }

  const useNow = () => {
    const value = read(text);
    if (value !== undefined && value !== (used.at(-1) ?? shown)) {
      setUsed([...used, value]);
      use(value);
    }
  };
  const whenPaused = useEffectEvent(useNow);
  useEffect(() => {
    const timer = setTimeout(() => whenPaused(), pause);
    return () => clearTimeout(timer);
  }, [text]);
  return { text, type: setText, useNow };
}
