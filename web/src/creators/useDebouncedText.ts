import { useEffect, useEffectEvent, useState } from 'react';

const pause = 200;

/** A field that is used while it is typed in. */
export interface Typed {
  readonly text: string;
  readonly type: (text: string) => void;
  /** Uses what is typed now, without waiting for a pause. */
  readonly useNow: () => void;
}

/**
 * What is typed is used when the typing pauses; what changes elsewhere, such as by Back, comes into the field.
 *
 * @param shown what stands.
 * @param read what a text stands for, in the words of `shown`; undefined for a text that cannot be used.
 * @param use makes something stand; it comes back as `shown`, perhaps a moment later.
 */
export function useDebouncedText(shown: string, read: (text: string) => string | undefined, use: (value: string) => void): Typed {
  const [text, setText] = useState(shown);
  const [seen, setSeen] = useState(shown);
  // What was used and has not come back yet: when it does, more may be typed already.
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
