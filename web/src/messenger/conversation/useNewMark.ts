import { useState } from 'react';
import type { Contact } from '../../api/types';

/**
 * After which message the new ones begin: what was unread when the conversation was opened, or came while nobody looked. It stays
 * while one reads; undefined when nothing is new.
 *
 * @param lastReceived the last message of the other side.
 * @param hasAttention whether somebody looks at the page.
 */
export function useNewMark(
  { unread, readSeq }: Contact,
  lastReceived: number,
  hasAttention: boolean,
): { readonly newAfter: number | undefined; readonly clear: () => void } {
  const [newAfter, setNewAfter] = useState(unread > 0 ? readSeq : undefined);
  const [had, setHad] = useState(hasAttention);
  if (had !== hasAttention) {
    setHad(hasAttention);
    // Whoever looks away has seen it; what comes next is new to them.
    if (!hasAttention && unread === 0) {
      setNewAfter(undefined);
    }
  } else if (!hasAttention && newAfter === undefined && lastReceived > readSeq) {
    setNewAfter(readSeq);
  }

  return { newAfter, clear: () => setNewAfter(undefined) };
}
