import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, use, useContext, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { beginAfterFirstReads } from '@/api/afterFirstReads';
import { useApi } from '@/api/client';
import { useLive } from '@/live/live';
import { useMe } from '@/members/useMe';
import type { Outbox } from './Outbox';
import type { OutboxEntry } from './OutboxStorage';

/** Sends the member's messages from any page, and resumes after a reload, once the page has what it shows first. */
export function OutboxProvider({ children }: { readonly children: ReactNode }) {
  const api = useApi();
  const cache = useQueryClient();
  const live = useLive();
  const { id: me } = useMe();
  const [opened, setOpened] = useState<Outbox>();
  const open = useMemo(() => {
    let opening: Promise<Outbox> | undefined;
    return () =>
      (opening ??= import('./openOutbox').then(
        ({ openOutbox }) => openOutbox(api, cache, me),
        (error: unknown) => {
          opening = undefined;
          throw error;
        },
      ));
  }, [api, cache, me]);
  useEffect(
    () =>
      beginAfterFirstReads(cache, async () => {
        const outbox = await open();
        return () => {
          const wake = () => outbox.wake();
          window.addEventListener('online', wake);
          const ends = [
            outbox.start(),
            live.onStatus(() => live.status() === 'live' && outbox.wake()),
            // The response can be lost while the event arrives.
            live.onEvent(
              (event) => event.type === 'message.created' && event.message.from === me && outbox.confirm(event.message.clientId),
            ),
            () => window.removeEventListener('online', wake),
          ];
          setOpened(outbox);
          return () => {
            ends.forEach((end) => end());
            setOpened(undefined);
          };
        };
      }),
    [open, cache, live, me],
  );
  const value = useMemo(() => ({ opened, open }), [opened, open]);
  return <OutboxContext value={value}>{children}</OutboxContext>;
}

interface OpensOutbox {
  readonly opened: Outbox | undefined;
  readonly open: () => Promise<Outbox>;
}

const OutboxContext = createContext<OpensOutbox | undefined>(undefined);

function useOutboxContext(): OpensOutbox {
  const context = useContext(OutboxContext);
  if (!context) {
    throw new Error('The outbox is for components inside OutboxProvider.');
  }

  return context;
}

/** The outbox. The component waits for it where it is shown before the outbox is loaded. */
export function useOutbox(): Outbox {
  const { opened, open } = useOutboxContext();
  return opened ?? use(open());
}

const nothing: readonly OutboxEntry[] = [];

/** The unsent messages of all conversations; none before the outbox is loaded. */
export function useOutboxEntries(): readonly OutboxEntry[] {
  const { opened } = useOutboxContext();
  return useSyncExternalStore(
    (listener) => opened?.onChange(listener) ?? (() => undefined),
    () => opened?.entries() ?? nothing,
  );
}

/** The unsent messages of one conversation. */
export function useUnsent(connectionId: string): readonly OutboxEntry[] {
  const entries = useOutboxEntries();
  return useMemo(() => entries.filter((entry) => entry.connectionId === connectionId), [entries, connectionId]);
}
