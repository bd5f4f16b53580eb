import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { useApi } from '@/api/client';
import { Problem } from '@/api/problem';
import type { Contact } from '@/api/types';
import { showRead } from '@/messenger/history/chatCache';
import { type History, lastReceived } from '@/messenger/history/history';

/** Marks the conversation as read up to its last message while that is being looked at. */
export function useReadReceipts(
  { id, state, readSeq, unread }: Contact,
  history: History | undefined,
  me: string,
  isLookedAt: boolean,
): void {
  const api = useApi();
  const cache = useQueryClient();
  const teller = useMemo(
    () =>
      new ReadReceipts(async (seq) => {
        try {
          await api.calls.PUT('/api/connections/{id}/read', { params: { path: { id } }, body: { seq } });
          return 'done';
        } catch (error) {
          return Problem.from(error).isTransient ? 'again' : 'done';
        }
      }),
    [api, id],
  );
  useEffect(() => () => teller.flush(), [teller]);
  const last = history?.messages.at(-1)?.seq ?? 0;
  const received = history && lastReceived(history, me)?.seq;
  const isUnread = unread > 0 || (received ?? 0) > readSeq;
  useEffect(() => {
    if (isLookedAt && isUnread && last > readSeq && state === 'connected') {
      showRead(cache, id, last);
      teller.tell(last);
    }
  }, [isLookedAt, isUnread, last, readSeq, state, cache, id, teller]);
}

/**
 * After which message the new ones begin: what was unread when the conversation was opened, or came while nobody looked. It stays
 * while one reads; undefined when nothing is new.
 *
 * @param lastReceived the last message of the other side.
 * @param hasAttention whether somebody looks at the page.
 */
export function useUnreadDivider(
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

const atMostEvery = 1_000;
const againAfter = 5_000;

/** Tells the server how far a conversation was read: not for every message of a quick exchange, and again when it could not be told. */
export class ReadReceipts {
  private wanted = 0;
  private told = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private busy = false;

  /** @param send makes the call; it answers whether it is any use to try again. */
  constructor(private readonly send: (seq: number) => Promise<'done' | 'again'>) {}

  /** It was read up to this message. */
  tell(seq: number): void {
    this.wanted = Math.max(this.wanted, seq);
    if (this.timer === undefined && !this.busy) {
      void this.go();
    }
  }

  /** Tells what is left to tell at once: the conversation is being left. */
  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (!this.busy) {
      void this.go();
    }
  }

  private async go(): Promise<void> {
    const seq = this.wanted;
    if (seq <= this.told) {
      return;
    }

    this.busy = true;
    const came = await this.send(seq);
    this.busy = false;
    this.told = came === 'done' ? seq : this.told;
    this.timer = setTimeout(
      () => {
        this.timer = undefined;
        void this.go();
      },
      came === 'done' ? atMostEvery : againAfter,
    );
  }
}
