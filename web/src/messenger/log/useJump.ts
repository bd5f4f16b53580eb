import { useEffect, useEffectEvent, useLayoutEffect, useState } from 'react';
import { Problem } from '@/api/problem';
import { useReach } from '@/messenger/history/useHistory';
import type { SearchHit } from '@/messenger/search/useMessageSearch';
import { messengerTexts } from '@/texts/messenger';
import { useToasts } from '@/ui/toasts';
import type { LogRow } from './logRows';

const highlightFor = 2_500;

/** Shows a row in the middle of the log; `focus` is whether the keyboard goes there, too. */
type Show = (index: number, focus: boolean) => void;

/**
 * Goes to a message: one that a search has found, or one that another one quotes, and back to that. A message that is not loaded is loaded
 * first. What a search has found is highlighted until the search goes on or ends; what is quoted, for a moment.
 */
export function useJump(connectionId: string, rows: readonly LogRow[], found: SearchHit | undefined, show: Show) {
  const { mutate: reach, isPending } = useReach(connectionId);
  const toasts = useToasts();
  const [target, setTarget] = useState<{ readonly seq: number }>();
  const [cameFrom, setCameFrom] = useState<readonly number[]>([]);
  const [seen, setSeen] = useState(found);
  if (found !== seen) {
    setSeen(found);
    setTarget(found);
  }

  const index = target ? rows.findIndex((row) => row.kind === 'message' && row.message.seq === target.seq) : -1;
  const isHere = index >= 0;
  const isFound = target === found;
  const begin = useEffectEvent(({ seq }: { readonly seq: number }) =>
    reach(seq, {
      onError: (error) => {
        // Or the log would go there when the member has long scrolled elsewhere.
        setTarget(undefined);
        setCameFrom([]);
        toasts.refuse(messengerTexts.goNotLoaded, Problem.from(error).detail);
      },
    }),
  );
  useEffect(() => {
    if (target) {
      begin(target);
    }
  }, [target]);
  useLayoutEffect(() => {
    if (isHere) {
      show(index, !isFound);
    }
    // Once a jump: messages that come or are loaded afterwards must not move the log.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [target, isHere]);
  useEffect(() => {
    if (target && isHere && !isFound) {
      const timer = setTimeout(() => setTarget(undefined), highlightFor);
      return () => clearTimeout(timer);
    }

    return undefined;
  }, [target, isHere, isFound]);
  return {
    /** The message that is highlighted. */
    target: target?.seq,
    /** Whether it is being loaded. */
    isLoading: isPending && !isHere,
    /** Whether there is a message to go back to. */
    canGoBack: cameFrom.length > 0,
    open: (from: number, seq: number) => {
      setCameFrom([...cameFrom, from]);
      setTarget({ seq });
    },
    back: () => {
      const last = cameFrom.at(-1);
      setCameFrom(cameFrom.slice(0, -1));
      setTarget(last === undefined ? undefined : { seq: last });
    },
    /** Forgets the way back. */
    forget: () => setCameFrom([]),
  };
}
