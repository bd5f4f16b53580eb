import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { outlivesPage, useApi } from '@/api/client';
import { Problem } from '@/api/problem';
import type { Contact } from '@/api/types';
import { showRead } from '@/messenger/history/chatCache';
import { type History, lastReceived } from '@/messenger/history/history';

/** Marks the conversation as read up to its last message while the member looks at it. */
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
          await api.calls.PUT('/api/connections/{id}/read', { params: { path: { id } }, body: { seq }, ...outlivesPage });
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
 * The position of the divider before the new messages: what was unread when the conversation was opened, or arrived while nobody looked. It
 * stays while the member reads; undefined if nothing is new.
 *
 * @param lastReceived the number of the other member's last message.
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
    // Looking away means that everything so far was seen. What comes next is new.
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

/** Tells the server how far a conversation was read. Combines the messages of a quick exchange, and retries. */
export class ReadReceipts {
  private wanted = 0;
  private told = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private busy = false;

  /** @param send makes the call, and returns whether to retry. */
  constructor(private readonly send: (seq: number) => Promise<'done' | 'again'>) {}

  /** The conversation was read up to this message. */
  tell(seq: number): void {
    this.wanted = Math.max(this.wanted, seq);
    if (this.timer === undefined && !this.busy) {
      void this.go();
    }
  }

  /** Sends what is outstanding at once, because the conversation is being closed. */
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
