import { useEffect, useLayoutEffect, useState } from 'react';
import { Problem } from '@/api/problem';
import { useReach } from '@/messenger/history/useHistory';
import { messengerTexts } from '@/texts/messenger';
import { useToasts } from '@/ui/toasts';
import type { LogRow } from './logRows';

// As long as the highlight of the style sheet.
const highlightFor = 2_500;

/**
 * Goes from a message to the one that it quotes, and back. A message that is not loaded is loaded first.
 *
 * @param show moves the view and the focus to a row.
 */
export function useJump(connectionId: string, rows: readonly LogRow[], show: (index: number) => void) {
  const reach = useReach(connectionId);
  const toasts = useToasts();
  const [target, setTarget] = useState<{ readonly seq: number }>();
  const [cameFrom, setCameFrom] = useState<readonly number[]>([]);
  const index = target ? rows.findIndex((row) => row.kind === 'message' && row.message.seq === target.seq) : -1;
  const isHere = index >= 0;
  useLayoutEffect(() => {
    if (isHere) {
      show(index);
    }
    // Once a jump: messages that come or are loaded afterwards must not move the log.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [target, isHere]);
  useEffect(() => {
    if (target && isHere) {
      const timer = setTimeout(() => setTarget(undefined), highlightFor);
      return () => clearTimeout(timer);
    }

    return undefined;
  }, [target, isHere]);

  const jump = (seq: number) => {
    setTarget({ seq });
    reach.mutate(seq, {
      onError: (error) => toasts.refuse(messengerTexts.earlierNotLoaded(''), Problem.from(error).detail),
    });
  };
  return {
    /** The message that is highlighted. */
    target: target?.seq,
    /** Whether there is a message to go back to. */
    canGoBack: cameFrom.length > 0,
    open: (from: number, seq: number) => {
      setCameFrom([...cameFrom, from]);
      jump(seq);
    },
    back: () => {
      const last = cameFrom.at(-1);
      setCameFrom(cameFrom.slice(0, -1));
      if (last !== undefined) {
        jump(last);
      }
    },
    /** Forgets the way back. */
    forget: () => setCameFrom([]),
  };
}
